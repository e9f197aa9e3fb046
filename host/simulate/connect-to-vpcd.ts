import { connect, type Socket } from 'node:net';
import { Failure } from '@sigill/core';
import { CardLost, type LoggedApdu, type SimulatedCard } from '@sigill/core/sim';
import { VpcdFrames, vpcdFrame } from './vpcd-frames.js';

/** Where vpcd listens, and the card to put into it. */
export interface VpcdOptions {
  readonly host: string;
  readonly port: number;
  readonly card: SimulatedCard;
  /** Hears every exchange; PIN bodies are blanked. */
  readonly onApdu?: (exchange: LoggedApdu) => void;
  /** Pulls the card out. */
  readonly signal?: AbortSignal;
}

/** A card in the virtual reader. */
export interface VpcdSession {
  /** Settles when the card has left the reader: pulled out by the signal or a fault, or vpcd has ended. */
  readonly ended: Promise<void>;
}

const powerOff = 0x00;
const powerOn = 0x01;
const reset = 0x02;
const giveAtr = 0x04;

/**
 * Puts a simulated card into vsmartcard's virtual reader over TCP; settles once it is in.
 * Fails with `vpcd-absent` when nobody listens there, and as the signal says when it was aborted before.
 */
export async function connectToVpcd(options: VpcdOptions): Promise<VpcdSession> {
  options.signal?.throwIfAborted();
  const socket = await connected(options);
  return { ended: serve(socket, options) };
}

function connected({ host, port, signal }: VpcdOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const abort = (): void => {
      socket.destroy();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => {
      signal?.removeEventListener('abort', abort);
      reject(new Failure('vpcd-absent', { address: `${host}:${port}` }, error));
    });
  });
}

async function serve(socket: Socket, { card, onApdu, signal }: VpcdOptions): Promise<void> {
  const pull = (): void => void socket.destroy();
  const listening = onApdu && card.listen(onApdu);
  signal?.addEventListener('abort', pull, { once: true });
  // What ends a connection (a reset by pcscd's end, for one) is an end and no more.
  socket.on('error', () => undefined);
  if (signal?.aborted) pull();
  try {
    const frames = new VpcdFrames();
    for await (const bytes of socket.iterator({ destroyOnReturn: true }) as AsyncIterable<Uint8Array>) {
      for (const message of frames.push(bytes)) {
        const answer = await answerTo(message, card);
        if (answer === 'gone') return;
        if (answer) socket.write(vpcdFrame(answer));
      }
    }
  } catch (error) {
    if (!isConnectionError(error)) throw error;
  } finally {
    signal?.removeEventListener('abort', pull);
    listening?.dispose();
    socket.destroy();
    card.powerOff();
  }
}

async function answerTo(message: Uint8Array, card: SimulatedCard): Promise<Uint8Array | 'gone' | undefined> {
  if (message.length === 1) {
    if (message[0] === powerOff) card.powerOff();
    else if (message[0] === powerOn) card.powerOn();
    else if (message[0] === reset) card.reset();
    return message[0] === giveAtr ? card.atr : undefined;
  }
  try {
    return await card.transmit(message);
  } catch (error) {
    if (!(error instanceof CardLost)) throw error;
    // vpcd has no word for a reset by others or a reader's fault: 6F00, nothing was said.
    return error.kind === 'removed' ? 'gone' : Uint8Array.of(0x6f, 0x00);
  }
}

// An end from our own side or from the network; anything else is a bug and must be seen.
function isConnectionError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E|^ERR_STREAM/.test(error.code) &&
    error.code !== 'ERR_ASSERTION'
  );
}
