import type { Duplex } from 'node:stream';
import { type Disposable, Failure } from '@sigill/core';
import { Observable } from 'rxjs';
import { failureOf } from '../pin/ask.js';
import { DistantPerson } from '../pin/distant-person.js';
import type { DistantPrompt } from '../pin/prompt.js';
import { secretFrameLength } from '../pin/distant-words.js';
import { frame, Frames } from './frames.js';
import type { DocumentsRequest, GivenDocuments, ResultFile } from './given-documents.js';
import { LentDocuments, type LentWords } from './lent-documents.js';
import type { ReachedHost } from './reached-host.js';
import { type CallerWords, decodeWords, encodeWords, type ReachWords } from './words.js';

/** Bytes of the host's words: the plugins with all their texts, or a result with its data. */
const longestWords = 16_777_216;

interface Calling {
  resolve(value: unknown): void;
  reject(why: unknown): void;
  more(value: unknown): void;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly more?: ((value: never) => void) | undefined;
}

/** The host of another process, over a connection that lasts as long as this command; the person is asked at `prompt`, in this process. */
export class HostThere implements ReachedHost, Disposable {
  readonly #socket: Duplex;
  readonly #person: DistantPerson;
  readonly #calls = new Map<number, Calling>();
  #last = 0;
  #over = false;

  /** Takes over the socket, with what has come already. */
  constructor(socket: Duplex, prompt: DistantPrompt) {
    this.#socket = socket;
    this.#person = new DistantPerson(prompt, {
      tell: (words) => this.#tell({ kind: 'person', words }),
      secret: (body) => this.#send(frame('secret', body)),
    });
    const frames = new Frames({ words: longestWords, secret: secretFrameLength }, (kind, body) => {
      if (kind === 'words') this.#hear(decodeWords(body));
    });
    socket.on('error', () => {});
    socket.once('close', () => this.dispose());
    socket.on('data', (bytes: Buffer) => {
      try {
        frames.read(bytes);
      } catch {
        socket.destroy();
      }
    });
  }

  readers({ full = false, signal }: Parameters<ReachedHost['readers']>[0]): ReturnType<ReachedHost['readers']> {
    return this.#call('readers', { full }, { signal });
  }

  watch(): ReturnType<ReachedHost['watch']> {
    return new Observable((shown) => {
      const enough = new AbortController();
      const more = (value: never): void => shown.next(value);
      this.#call('watch', {}, { signal: enough.signal, more }).then(
        () => shown.complete(),
        (error: unknown) => shown.error(error),
      );
      return () => enough.abort();
    });
  }

  details(card: string): ReturnType<ReachedHost['details']> {
    return this.#call('details', { card });
  }

  certificate(card: string, id: string): Promise<Uint8Array> {
    return this.#call('certificate', { card, id });
  }

  testKey(card: string, id: string, signal: AbortSignal): ReturnType<ReachedHost['testKey']> {
    return this.#call('test-key', { card, id }, { signal });
  }

  run(...[command, args, options = {}]: Parameters<ReachedHost['run']>): ReturnType<ReachedHost['run']> {
    const { signal, progress: more } = options;
    return this.#call('run', { command, args }, { signal, more });
  }

  async withDocuments<T>(
    request: DocumentsRequest,
    use: (documents: GivenDocuments) => Promise<T>,
    told?: (file: ResultFile) => void,
  ): Promise<T> {
    const enough = new AbortController();
    const documents = new LentDocuments(request.paths, told);
    const lent = this.#call('documents', request, {
      signal: enough.signal,
      more: (words: LentWords) => documents.hear(words),
    });
    try {
      await Promise.race([documents.given, lent]);
      return await use(documents);
    } finally {
      enough.abort();
      await lent.catch(() => undefined);
    }
  }

  texts(command: string): ReturnType<ReachedHost['texts']> {
    return this.#call('texts', { command });
  }

  plugins(): ReturnType<ReachedHost['plugins']> {
    return this.#call('plugins', {});
  }

  plugin(...[name, action]: Parameters<ReachedHost['plugin']>): Promise<void> {
    return this.#call('plugin', { name, action });
  }

  /** Ends the connection: what is still under way fails with `host-ended`. */
  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#person.dispose();
    for (const { reject } of this.#calls.values()) reject(new Failure('host-ended', {}));
    this.#calls.clear();
    this.#socket.end();
  }

  async #call<T>(name: string, args: object, { signal, more = () => {} }: CallOptions = {}): Promise<T> {
    if (signal?.aborted) throw new Failure('cancelled', {});
    if (this.#over) throw new Failure('host-ended', {});
    const call = (this.#last += 1);
    const cancel = (): void => this.#tell({ kind: 'cancel', call });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise<T>((resolve, reject) => {
        const answered = resolve as (value: unknown) => void;
        this.#calls.set(call, { resolve: answered, reject, more: more as (value: unknown) => void });
        this.#tell({ kind: 'call', call, name, args: args as never });
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#calls.delete(call);
    }
  }

  #hear(words: ReachWords): void {
    if (words.kind === 'prompt') return this.#person.hear(words.words);
    const calling = this.#calls.get(words.call);
    if (words.kind === 'answer') calling?.resolve(words.value);
    else if (words.kind === 'failure') calling?.reject(failureOf(words.failure));
    else calling?.more(words.value);
  }

  #tell(words: CallerWords): void {
    this.#send(frame('words', encodeWords(words)));
  }

  #send(bytes: Uint8Array): void {
    if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(bytes);
  }
}
