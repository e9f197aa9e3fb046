import type { Duplex } from 'node:stream';
import { type Disposable, Failure, failureData, type Language, type Log } from '@sigill/core';
import type { Host } from '../host.js';
import { secretFrameLength } from '../pin/distant-words.js';
import { SocketPrompt } from '../pin/socket-prompt.js';
import { answerCall } from './calls.js';
import { frame, Frames, type FrameKind } from './frames.js';
import { hostHere } from './host-here.js';
import type { ReachedHost } from './reached-host.js';
import { type CallerWords, encodeWords, parseCallerWords, type ReachWords } from './words.js';

/** Bytes of a caller's words. */
const longestWords = 262_144;
/** Calls that may be under way. */
const mostCalls = 32;
/** Bytes that may wait for a caller that does not read. */
const mostUnsent = 16_777_216;

/** What is known of a caller before it calls. */
export interface CallerTraits {
  readonly language: Language;
  /** The person there can be told to type a code on the reader's own keypad. */
  readonly onReader: boolean;
}

/** A command in another process that uses this host: answers its calls until it goes; then what is still asked for it is cancelled. */
export class Caller implements Disposable {
  readonly #socket: Duplex;
  readonly #log: Log;
  readonly #prompt: SocketPrompt;
  readonly #host: ReachedHost;
  readonly #frames: Frames;
  readonly #calls = new Map<number, AbortController>();
  #over = false;

  /** Takes over the socket. */
  constructor(socket: Duplex, host: Host, { language, onReader }: CallerTraits) {
    this.#socket = socket;
    this.#log = host.log;
    this.#prompt = new SocketPrompt((words) => this.#tell({ kind: 'prompt', words }), onReader);
    this.#host = hostHere(host, host.asking(this.#prompt, language));
    this.#frames = new Frames({ words: longestWords, secret: secretFrameLength }, (kind, body) =>
      this.#take(kind, body),
    );
    socket.on('error', () => {});
    socket.once('close', () => this.dispose());
    socket.on('data', (bytes: Buffer) => this.read(bytes));
  }

  /** Takes bytes that have come with what was before. */
  read(bytes: Uint8Array): void {
    if (this.#over) return;
    try {
      this.#frames.read(bytes);
    } catch (error) {
      this.#log.warn(`a caller was let go: ${error instanceof Error ? error.message : String(error)}`);
      this.#socket.destroy();
      this.dispose();
    }
  }

  /** Ends it: what is under way fails with `host-ended` on the other side, and is cancelled here. */
  dispose(): void {
    if (this.#over) return;
    for (const [call, cancelling] of this.#calls) {
      this.#tell({ kind: 'failure', call, failure: failureData(new Failure('host-ended', {})) });
      cancelling.abort();
    }
    this.#over = true;
    this.#prompt.dispose();
    this.#socket.end();
  }

  #take(kind: FrameKind, body: Uint8Array): void {
    if (this.#over) return;
    if (kind === 'words') this.#hear(parseCallerWords(body));
    else if (!this.#prompt.take(body)) throw new Error('a value that nobody asked for');
  }

  #hear(words: CallerWords): void {
    if (words.kind === 'person') this.#prompt.hear(words.words);
    else if (words.kind === 'cancel') this.#calls.get(words.call)?.abort();
    else if (this.#calls.has(words.call) || this.#calls.size >= mostCalls) throw new Error('too many calls');
    else void this.#answer(words);
  }

  async #answer({ call, name, args }: Extract<CallerWords, { kind: 'call' }>): Promise<void> {
    const cancelling = new AbortController();
    this.#calls.set(call, cancelling);
    const { signal } = cancelling;
    const more = (value: unknown): void => this.#tell({ kind: 'more', call, value });
    try {
      const value = await answerCall(this.#host, name, args, { signal, more });
      this.#tell({ kind: 'answer', call, value });
    } catch (error) {
      const failure = failureData(error);
      this.#log.info(`asked from outside: ${name}: ${failure.code}`);
      this.#tell({ kind: 'failure', call, failure });
    } finally {
      this.#calls.delete(call);
    }
  }

  #tell(words: ReachWords): void {
    if (this.#over || this.#socket.destroyed || !this.#socket.writable) return;
    if (this.#socket.writableLength > mostUnsent) this.#socket.destroy();
    else this.#socket.write(frame('words', encodeWords(words)));
  }
}
