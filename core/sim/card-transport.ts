import { type Command, parseCommand, type Response } from '../card/apdu.js';
import { joined } from '../card/bytes.js';
import type { Protocol } from '../card/pcsc.js';
import type { Chip } from './chip.js';
import { word } from './reply.js';
import { status } from './status.js';

interface Received extends Command {
  /** Bytes asked for, 256 or 65 536 for an Le of zero; absent without Le. */
  readonly expected?: number;
  /** Le of zero: whatever there is will do. */
  readonly any: boolean;
}

/** What was held back; `header` when only the same command with the right Le may have it (6Cxx). */
interface Held {
  readonly data: Uint8Array;
  readonly header?: string;
}

const chainLimit = 4_096;
const readBinary = 0xb0;
const getResponse = 0xc0;

/** Between the reader and the chip: chained commands, held-back responses and Le, for T=0 and T=1 (ISO 7816-3 §12, 7816-4 §5.3). */
export class CardTransport {
  readonly #chip: Chip;
  protocol: Protocol;
  #chain: { readonly header: string; readonly data: Uint8Array } | undefined;
  #held: Held | undefined;

  constructor(chip: Chip, protocol: Protocol) {
    this.#chip = chip;
    this.protocol = protocol;
  }

  reset(): void {
    this.#chain = undefined;
    this.#held = undefined;
  }

  /** The card's response to one command APDU, whatever its bytes are. */
  process(apdu: Uint8Array): Response {
    const command = receive(apdu, this.protocol);
    if (!command) {
      this.reset();
      return word(status.wrongLength);
    }
    const held = this.#held;
    this.#held = undefined;
    if (command.ins === getResponse) return this.#fetch(command, held);
    if (held?.header !== undefined && held.header === headerOf(command) && command.expected === held.data.length) {
      return this.#deliver(command, { data: held.data, status: status.done });
    }
    const whole = this.#unchain(command);
    return typeof whole === 'number' ? word(whole) : this.#deliver(command, this.#chip.process(whole));
  }

  #unchain(command: Received): Received | number {
    const header = headerOf(command);
    const before = this.#chain?.header === header ? this.#chain.data : new Uint8Array();
    this.#chain = undefined;
    const last = (command.cla & 0x10) === 0;
    if (last && before.length === 0) return command;
    const data = joined([before, command.data ?? new Uint8Array()]);
    if (data.length > chainLimit) return status.wrongLength;
    if (last) return { ...command, data };
    this.#chain = { header, data };
    return status.done;
  }

  #deliver(command: Received, response: Response): Response {
    const { data } = response;
    if (data.length === 0) return response;
    const withBody = (command.data?.length ?? 0) > 0;
    // A T=0 command carries either data or Le: the response to one with data waits for GET RESPONSE.
    if (this.protocol === 'T=0' && withBody) return this.#hold(data);
    if (command.expected === undefined) return this.protocol === 'T=0' ? this.#hold(data) : word(response.status);
    if (data.length > command.expected) return this.#part(data, command.expected);
    if (data.length === command.expected || command.any) return response;
    if (this.protocol === 'T=1')
      return { data, status: command.ins === readBinary ? status.endOfFile : response.status };
    this.#held = { data, header: headerOf(command) };
    return word(status.rightLength | (data.length & 0xff));
  }

  #fetch(command: Received, held: Held | undefined): Response {
    if (!held || held.header !== undefined) return word(status.conditions);
    const { data } = held;
    const expected = command.expected ?? 256;
    if (expected > data.length && !command.any) {
      this.#held = held;
      return word(status.rightLength | (data.length & 0xff));
    }
    return data.length > expected ? this.#part(data, expected) : { data, status: status.done };
  }

  /** The first bytes; the rest is held back. */
  #part(data: Uint8Array, length: number): Response {
    return { data: data.slice(0, length), status: this.#hold(data.slice(length)).status };
  }

  #hold(data: Uint8Array): Response {
    this.#held = { data };
    return word(status.moreData | (Math.min(data.length, 256) & 0xff));
  }
}

function receive(apdu: Uint8Array, protocol: Protocol): Received | undefined {
  const extended = apdu.length > 5 && apdu[4] === 0;
  if (extended && protocol === 'T=0') return undefined;
  try {
    const command = parseCommand(apdu);
    const any = command.le === 0;
    if (command.le === undefined) return { ...command, any };
    return { ...command, any, expected: command.le || (extended ? 65_536 : 256) };
  } catch {
    return undefined;
  }
}

function headerOf({ cla, ins, p1, p2 }: Command): string {
  return [cla & ~0x10, ins, p1, p2].join(' ');
}
