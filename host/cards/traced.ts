import { type Pcsc, type PcscConnection, toHex } from '@sigill/core/card';
import { failureData } from '@sigill/core';

/** Takes one line of a trace. */
export type TraceSink = (line: string) => void;

export interface TraceOptions {
  /** Milliseconds of any clock; with it each command's time is told. */
  readonly now?: () => number;
}

// ISO/IEC 7816-4 §11.6: VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, each with its odd instruction. CLA does not matter:
// a chained command has the same instruction in every part.
const secretInstructions: readonly number[] = [0x20, 0x21, 0x24, 0x25, 0x2c, 0x2d];
const getResponse = 0xc0;

/** The same cards, with each command told to `sink`: of a command that may hold a secret the header and the status alone. */
export function traced(pcsc: Pcsc, sink: TraceSink, options: TraceOptions = {}): Pcsc {
  return {
    service: pcsc.service,
    close: () => pcsc.close(),
    async connect(reader) {
      const tell = (line: string): void => sink(`${reader}: ${line}`);
      const connection = await told(tell, 'connect', () => pcsc.connect(reader));
      return tracedConnection(connection, tell, options);
    },
  };
}

function tracedConnection(connection: PcscConnection, tell: TraceSink, { now }: TraceOptions): PcscConnection {
  let isSecret = false;
  return {
    get protocol() {
      return connection.protocol;
    },
    get atr() {
      return connection.atr;
    },
    get refusesOthers() {
      return connection.refusesOthers === true;
    },
    async transmit(apdu) {
      // What a card holds back for GET RESPONSE is the answer to the command before.
      isSecret = secretInstructions.includes(apdu[1] ?? 0) || (isSecret && apdu[1] === getResponse);
      const secret = isSecret;
      const command = shownCommand(apdu, secret);
      const start = now?.();
      try {
        const response = await connection.transmit(apdu);
        tell(`${command} → ${shownResponse(response, secret)}${elapsed(start, now)}`);
        return response;
      } catch (error) {
        tell(`${command} → ${failureData(error).code}${elapsed(start, now)}`);
        throw error;
      }
    },
    begin: () => told(tell, 'begin', () => connection.begin()),
    end: (disposition) => told(tell, `end ${disposition}`, () => connection.end(disposition)),
    reconnect: () => told(tell, 'reconnect', () => connection.reconnect()),
    // A keypad's block may hold what was typed by another program's design: its code says enough.
    control: (code, data) => told(tell, `control ${code.toString(16)}`, () => connection.control(code, data)),
    disconnect: (disposition) => told(tell, `disconnect ${disposition}`, () => connection.disconnect(disposition)),
  };
}

async function told<T>(tell: TraceSink, what: string, call: () => Promise<T>): Promise<T> {
  try {
    const result = await call();
    tell(what);
    return result;
  } catch (error) {
    tell(`${what} → ${failureData(error).code}`);
    throw error;
  }
}

/** The header of a command without a body is all of it: an empty VERIFY shows as it is. */
function shownCommand(apdu: Uint8Array, secret: boolean): string {
  return secret && apdu.length > 5 ? `${toHex(apdu.subarray(0, 4))} (secret)` : toHex(apdu);
}

function shownResponse(response: Uint8Array, secret: boolean): string {
  return toHex(secret ? response.subarray(-2) : response);
}

function elapsed(start: number | undefined, now: (() => number) | undefined): string {
  return start === undefined || !now ? '' : ` (${Math.round(now() - start)} ms)`;
}
