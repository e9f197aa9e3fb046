import type { Duplex } from 'node:stream';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-jsonrpc';
import type { Allowance } from './allowance.js';
import type { Clock } from './clock.js';
import { checkEnvelope } from './envelope.js';

/** Bytes of one message, in either direction. */
export const largestFrame = 1_048_576;

const header = 4;
/** Bytes that may wait for a peer that does not read: the answers to as many calls as may wait at the same time. */
const mostUnsent = 32 * largestFrame;
/** A message costs one, and one more for each of these bytes. */
const costBytes = 4_096;

/** How a reader is protected from its peer. */
export interface FrameGuard {
  readonly clock: Clock;
  readonly allowance: Allowance;
}

/**
 * Reads messages from a stream: four bytes of length, big-endian, then JSON. Nothing longer than `largestFrame` is ever kept. A peer that
 * sends more than its allowance is read later, so that it fills its own buffer and not ours. A broken frame is an error event, the last one.
 */
export class FrameReader extends AbstractMessageReader {
  readonly #stream: Duplex;
  readonly #guard: FrameGuard | undefined;
  #unread: Buffer[] = [];
  #held = 0;
  #waiting = false;
  #broken = false;

  constructor(stream: Duplex, guard?: FrameGuard) {
    super();
    this.#stream = stream;
    this.#guard = guard;
  }

  listen(callback: DataCallback): Disposable {
    const onData = (chunk: Buffer): void => {
      this.#unread.push(chunk);
      this.#held += chunk.length;
      this.#readOn(callback);
    };
    const onClose = (): void => this.fireClose();
    this.#stream.on('data', onData);
    this.#stream.on('close', onClose);
    return {
      dispose: () => {
        this.#stream.off('data', onData);
        this.#stream.off('close', onClose);
      },
    };
  }

  #readOn(callback: DataCallback): void {
    while (!this.#waiting && !this.#broken && this.#held >= header) {
      const length = this.#peekLength();
      if (length > largestFrame) return this.#break(`a message of ${length} bytes`);
      if (this.#held < header + length) return;
      const frame = this.#take(header + length).subarray(header);
      try {
        callback(checkEnvelope(parseFrame(frame)) as Message);
      } catch (error) {
        return this.#break(error instanceof Error ? error.message : String(error));
      }
      this.#pay(1 + Math.floor(length / costBytes), callback);
    }
  }

  #pay(cost: number, callback: DataCallback): void {
    if (!this.#guard) return;
    const wait = this.#guard.allowance.use(cost);
    if (wait === 0) return;
    this.#waiting = true;
    this.#stream.pause();
    this.#guard.clock.after(wait, () => {
      this.#waiting = false;
      this.#stream.resume();
      this.#readOn(callback);
    });
  }

  #break(why: string): void {
    this.#broken = true;
    this.#unread = [];
    this.#held = 0;
    this.fireError(new Error(why));
  }

  #peekLength(): number {
    if ((this.#unread[0]?.length ?? 0) < header) this.#unread = [Buffer.concat(this.#unread)];
    return this.#unread[0]?.readUInt32BE(0) ?? 0;
  }

  #take(length: number): Buffer {
    const whole = this.#unread.length === 1 && this.#unread[0] ? this.#unread[0] : Buffer.concat(this.#unread);
    this.#held = whole.length - length;
    this.#unread = this.#held > 0 ? [whole.subarray(length)] : [];
    return whole.subarray(0, length);
  }
}

/** Writes what `FrameReader` reads. Fails for a message that is too long and for a peer that does not read. */
export class FrameWriter extends AbstractMessageWriter {
  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    super();
    this.#stream = stream;
  }

  async write(message: Message): Promise<void> {
    const body = Buffer.from(JSON.stringify(message, bytesToText), 'utf8');
    if (body.length > largestFrame) throw new Error(`a message of ${body.length} bytes`);
    if (this.#stream.destroyed || !this.#stream.writable) throw new Error('the other side is gone');
    if (this.#stream.writableLength > mostUnsent) {
      this.fireError(new Error('it does not read what it is sent'));
      throw new Error('the other side does not read');
    }
    const length = Buffer.alloc(header);
    length.writeUInt32BE(body.length);
    this.#stream.write(Buffer.concat([length, body]));
  }

  end(): void {
    this.#stream.end();
  }
}

const bytesKey = '$bytes';

// JSON has no bytes: they go as base64 under a key of their own. A Buffer has turned itself into other JSON before it comes here as `value`.
function bytesToText(this: unknown, key: string, value: unknown): unknown {
  const own = (this as Readonly<Record<string, unknown>>)[key];
  return own instanceof Uint8Array ? { [bytesKey]: Buffer.from(own).toString('base64') } : value;
}

function textToBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, bytesKey)) return value;
  const text = (value as Record<string, unknown>)[bytesKey];
  return typeof text === 'string' ? Uint8Array.from(Buffer.from(text, 'base64')) : value;
}

function parseFrame(frame: Buffer): unknown {
  return JSON.parse(frame.toString('utf8'), textToBytes);
}
