import { type Disposable, Failure } from '@sigill/core';
import { type AskedThere, codesThere, passwordField, passwordThere } from './asked-there.js';
import { DistantQuestion } from './distant-question.js';
import type { HostWords, PersonWords } from './distant-words.js';
import type { PasswordForm } from './password-form.js';
import type { PinAnswer, PinForm, PinPrompt } from './prompt.js';
import type { Secret } from './secret.js';
import { unlessAborted } from './turns.js';

/**
 * Asks a person at another process's prompt, over a socket that this person alone can reach: the host's half. What comes in is checked
 * as if it were typed here; a caller that goes away has cancelled.
 */
export class SocketPrompt implements PinPrompt, Disposable {
  readonly #tell: (words: HostWords) => void;
  readonly #questions = new Map<number, DistantQuestion>();
  #last = 0;
  #gone = false;

  /** There only for a person who can be told to use the reader. */
  readonly typeOnReader?: NonNullable<PinPrompt['typeOnReader']>;

  /** `tell` sends words to the other half; `onReader` when the person there can be told to use the reader's keypad. */
  constructor(tell: (words: HostWords) => void, onReader: boolean) {
    this.#tell = tell;
    if (onReader)
      this.typeOnReader = (form, signal, present) =>
        this.#open(codesThere(form, true), signal, (_answer, left) => present(AbortSignal.any([signal, left])));
  }

  ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer> {
    return this.#open(codesThere(form, false), signal, (answer) => Promise.resolve(answer));
  }

  async askPassword(form: PasswordForm, signal: AbortSignal): Promise<Secret | undefined> {
    const { secrets } = await this.#open(passwordThere(form), signal, (answer) => Promise.resolve(answer));
    return secrets.get(passwordField);
  }

  /** What the other half says; of a question that is over nothing is heard. */
  hear(words: PersonWords): void {
    this.#questions.get(words.question)?.hear(words);
  }

  /** Takes over a frame with a value, which is wiped. False when it is no value for a question that is asked. */
  take(frame: Uint8Array): boolean {
    const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
    const question = bytes.length >= 4 ? bytes.readUInt32BE() : 0;
    // A value for a question that was withdrawn meanwhile is nobody's fault.
    const taken = this.#questions.get(question)?.take(frame) ?? (question > 0 && question <= this.#last);
    frame.fill(0);
    return taken;
  }

  /** The caller has gone. */
  dispose(): void {
    this.#gone = true;
    for (const question of this.#questions.values()) question.fail(new Failure('cancelled', {}));
  }

  async #open<T>(
    asked: AskedThere,
    signal: AbortSignal,
    use: (answer: PinAnswer, left: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (signal.aborted || this.#gone) throw new Failure('cancelled', {});
    const number = (this.#last += 1);
    const question = new DistantQuestion(number, asked, this.#tell);
    this.#questions.set(number, question);
    try {
      return await use(await unlessAborted(question.answer, signal), question.left);
    } finally {
      this.#questions.delete(number);
      question.close();
    }
  }
}
