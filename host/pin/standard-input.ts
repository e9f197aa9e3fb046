import { Failure } from '@sigill/core';
import { failureOf } from './ask.js';
import { refusedLastTries } from './last-tries.js';
import type { DistantForm, DistantPrompt, PinAnswer } from './prompt.js';
import { longestPassword, type PasswordForm } from './password-form.js';
import { type Secret, wipeAll } from './secret.js';
import { SecretLine } from './secret-line.js';
import { unlessAborted } from './turns.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface StandardInputOptions {
  /** Where bytes come from; each chunk is taken over and wiped. */
  readonly input: AsyncIterable<Uint8Array>;
  /** The person's yes, given on the command line, to one of the last tries. */
  readonly lastTries: boolean;
}

/** Secrets from a program: one a line (LF or CRLF), in the order asked. Nobody can be asked again, so a failed check ends it. */
export class StandardInputPrompt implements DistantPrompt {
  readonly #bytes: AsyncIterator<Uint8Array>;
  readonly #lastTries: boolean;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #pending: Promise<IteratorResult<Uint8Array>> | undefined;

  constructor({ input, lastTries }: StandardInputOptions) {
    this.#bytes = input[Symbol.asyncIterator]();
    this.#lastTries = lastTries;
  }

  async ask(form: DistantForm, signal: AbortSignal): Promise<PinAnswer> {
    const refused = refusedLastTries(form, this.#lastTries);
    if (refused !== undefined) throw refused;
    const secrets = new Map<string, Secret>();
    try {
      for (const { name } of form.fields) {
        const secret = await this.#line(signal);
        if (secret === undefined) throw new Failure('secret-missing', { field: name });
        secrets.set(name, secret);
        const found = await form.check(name, secrets);
        if (found !== undefined) throw failureOf(found);
      }
      return { secrets, agreed: form.lastTries };
    } catch (error) {
      wipeAll(secrets);
      throw error;
    }
  }

  /** An empty line, and the end, leave the database as it is. */
  async askPassword(_form: PasswordForm, signal: AbortSignal): Promise<Secret | undefined> {
    const line = await this.#line(signal, longestPassword);
    return line !== undefined && line.length > 0 ? line : undefined;
  }

  /** Wipes what was read and not asked for. */
  close(): void {
    this.#chunk.fill(0);
    this.#chunk = new Uint8Array();
    this.#at = 0;
  }

  /** The next line; `undefined` at the end. A last line may lack its line feed. */
  async #line(signal: AbortSignal, capacity?: number): Promise<Secret | undefined> {
    const line = new SecretLine(capacity);
    let empty = true;
    let returned = false;
    try {
      for (;;) {
        const byte = await this.#next(signal);
        if (byte === undefined && empty) return undefined;
        if (byte === undefined || byte === lineFeed) return line.take();
        if (returned) line.add(carriageReturn);
        returned = byte === carriageReturn;
        if (!returned) line.add(byte);
        empty = false;
      }
    } finally {
      line.wipe();
    }
  }

  async #next(signal: AbortSignal): Promise<number | undefined> {
    while (this.#at === this.#chunk.length) {
      this.#pending ??= this.#bytes.next();
      const result = await unlessAborted(this.#pending, signal);
      this.#pending = undefined;
      if (result.done === true) return undefined;
      this.#chunk = result.value;
      this.#at = 0;
    }
    const byte = this.#chunk[this.#at];
    this.#chunk[this.#at++] = 0;
    return byte;
  }
}
