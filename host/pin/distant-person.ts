import { type Disposable, Failure, type FailureData, failureData } from '@sigill/core';
import { type HostWords, type PersonWords, sealUse, secretFrameHead } from './distant-words.js';
import type { DistantForm, DistantPrompt, PinAnswer } from './prompt.js';
import { sealed } from './seal.js';
import { type Secret, wipeAll } from './secret.js';

/** How the other half is reached. */
export interface HostLine {
  tell(words: PersonWords): void;
  /** Sends a frame with a value under its seal. */
  secret(frame: Uint8Array): void;
}

interface Asked {
  readonly over: AbortController;
  /** Given the host's word on the value that was sent last. */
  checked: (found: FailureData | undefined) => void;
}

type AskWords = Extract<HostWords, { kind: 'ask' }>;
type PasswordWords = Extract<HostWords, { kind: 'ask-password' }>;

/** Answers the host's questions at this process's own prompt: the caller's half of `SocketPrompt`. */
export class DistantPerson implements Disposable {
  readonly #prompt: DistantPrompt;
  readonly #line: HostLine;
  readonly #asked = new Map<number, Asked>();

  constructor(prompt: DistantPrompt, line: HostLine) {
    this.#prompt = prompt;
    this.#line = line;
  }

  hear(words: HostWords): void {
    const asked = this.#asked.get(words.question);
    if (words.kind === 'ask' || words.kind === 'ask-password') void this.#ask(words);
    else if (words.kind === 'checked') asked?.checked(words.found);
    else asked?.over.abort();
  }

  /** The host has gone: nobody is asked any more. */
  dispose(): void {
    for (const { over } of this.#asked.values()) over.abort();
  }

  async #ask(words: AskWords | PasswordWords): Promise<void> {
    const { question } = words;
    const over = new AbortController();
    const asked: Asked = { over, checked: () => undefined };
    this.#asked.set(question, asked);
    try {
      if (words.kind === 'ask-password') await this.#password(words, asked);
      else if (words.onReader) await this.#onReader(question, words.form, over.signal);
      else await this.#answer(question, words.form, words.key, asked);
    } catch (error) {
      this.#line.tell({ question, kind: 'failed', failure: failureData(error) });
    } finally {
      this.#asked.delete(question);
    }
  }

  async #answer(question: number, form: AskWords['form'], key: string, asked: Asked): Promise<void> {
    const sent = new Map<string, Secret>();
    const check = async (field: string, typed: ReadonlyMap<string, Secret>): Promise<FailureData | undefined> => {
      const secret = typed.get(field);
      const at = form.fields.findIndex(({ name }) => name === field);
      if (secret === undefined || at < 0) return { code: 'secret-missing', facts: { field } };
      sent.set(field, secret);
      return await this.#send(question, at, key, secret, asked);
    };
    const distant: DistantForm = { ...form, check };
    const { secrets, agreed }: PinAnswer = await this.#prompt.ask(distant, asked.over.signal);
    try {
      // A prompt that did not check a value has not sent it either.
      for (const [name, secret] of secrets) if (sent.get(name) !== secret) await check(name, secrets);
      this.#line.tell({ question, kind: 'answered', agreed });
    } finally {
      wipeAll(secrets);
    }
  }

  /** Where nobody can be asked, the database is left as it is. */
  async #password({ question, form, key }: PasswordWords, asked: Asked): Promise<void> {
    const secret = await this.#prompt.askPassword?.(form, asked.over.signal);
    try {
      if (secret !== undefined) await this.#send(question, 0, key, secret, asked);
      this.#line.tell({ question, kind: 'answered', agreed: false });
    } finally {
      secret?.wipe();
    }
  }

  /** Sends one value under the seal; gives the host's word on it. Fails with `cancelled` when the question is over. */
  async #send(
    question: number,
    at: number,
    key: string,
    secret: Secret,
    asked: Asked,
  ): Promise<FailureData | undefined> {
    const { signal } = asked.over;
    const word = new Promise<FailureData | undefined>((resolve, reject) => {
      asked.checked = resolve;
      signal.addEventListener('abort', () => reject(new Failure('cancelled', {})), { once: true });
    });
    const frame = secret.lend((bytes) => [secretFrameHead(question, at), sealed(key, sealUse, bytes)] as const);
    this.#line.secret(Buffer.concat(frame));
    return await word;
  }

  async #onReader(question: number, form: AskWords['form'], over: AbortSignal): Promise<void> {
    const { typeOnReader } = this.#prompt;
    if (typeOnReader === undefined) throw new Failure('secret-missing', { field: form.fields[0]?.name ?? 'code' });
    const check = (): undefined => undefined;
    // The host does it; here it is shown until the host says that it is over.
    const shown = (cancelled: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        this.#line.tell({ question, kind: 'answered', agreed: form.lastTries });
        const leave = (): void => reject(new Failure('cancelled', {}));
        if (over.aborted) resolve();
        over.addEventListener('abort', () => resolve(), { once: true });
        cancelled.addEventListener('abort', leave, { once: true });
      });
    await typeOnReader.call(this.#prompt, { ...form, check }, new AbortController().signal, shown);
  }
}
