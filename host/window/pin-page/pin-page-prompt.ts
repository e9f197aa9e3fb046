import { join } from 'node:path';
import { Failure, isFailure, type Language, type Log } from '@sigill/core';
import { BehaviorSubject, type Observable } from 'rxjs';
import { builtFolder, hostFolder } from '../../installed.js';
import { hostMessages, hostTexts, readTexts, type Texts } from '../../messages/texts.js';
import type { PasswordForm } from '../../pin/password-form.js';
import type { PinAnswer, PinForm, PinPrompt } from '../../pin/prompt.js';
import type { Secret } from '../../pin/secret.js';
import type { Opener } from '../desk.js';
import { type PageFiles, readPageFiles } from '../page-files.js';
import { inTheme, type PageTheme } from '../page-theme.js';
import { codesQuestion } from './codes-question.js';
import type { PageQuestion } from './page-question.js';
import { passwordField, passwordQuestion } from './password-question.js';
import { PinQuestion } from './pin-question.js';

export interface PinPageSettings {
  readonly opener: Opener;
  readonly log: Log;
  /** The person's language now. */
  language(): Language;
  /** The colours that they chose now; the desktop's own where it is left out or gives nothing. */
  theme?(): PageTheme | undefined;
  /** Milliseconds without a sign of the person after which a question ends; ten minutes where it is left out. */
  readonly patience?: number;
  /** Milliseconds that a page may be gone, as in a reload; three seconds where it is left out. */
  readonly grace?: number;
}

/** A question that waits for the person, and an address for who did not see it open. */
export interface AskedNow {
  readonly address: string;
  readonly operation: PinForm['operation'] | 'password';
  readonly requester: string;
  /** Absent for a password, which is no card's. */
  readonly reader?: string;
}

/** Asks on a page of its own: a second origin, made for one question and gone with it. Never asks for less than five minutes. */
export class PinPagePrompt implements PinPrompt {
  readonly #settings: PinPageSettings;
  readonly #asked = new BehaviorSubject<AskedNow | undefined>(undefined);
  #files: Promise<PageFiles> | undefined;

  constructor(settings: PinPageSettings) {
    this.#settings = settings;
  }

  /** What is asked now; replays the last. Never errors. */
  get asked(): Observable<AskedNow | undefined> {
    return this.#asked.asObservable();
  }

  /** Asks on the page. Fails with `cancelled`: the person's wish, the page closed, the time over, or `signal`. */
  ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer> {
    return this.#askCodes(form, signal, false, (answer) => Promise.resolve(answer));
  }

  /** A page that is cancelled or closed leaves the database as it is. Fails with `cancelled` when `signal` aborts. */
  async askPassword(form: PasswordForm, signal: AbortSignal): Promise<Secret | undefined> {
    const { requester } = form;
    const asked = { operation: 'password', requester } as const;
    try {
      const answer = await this.#show(
        (texts) => passwordQuestion(form, texts),
        asked,
        signal,
        (given) => Promise.resolve(given),
      );
      return answer.secrets.get(passwordField);
    } catch (error) {
      if (signal.aborted || !isFailure(error, 'cancelled')) throw error;
      return undefined;
    }
  }

  /**
   * Says that the digits are to be typed on the reader's own keypad, takes the yes to the last tries before that, and shows it
   * for as long as `present` runs. Its signal aborts when the person cancels on the page. Fails as `ask` and `present` do.
   */
  typeOnReader<T>(form: PinForm, signal: AbortSignal, present: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#askCodes(form, signal, true, (_answer, closed) => present(AbortSignal.any([signal, closed])));
  }

  async #askCodes<T>(
    form: PinForm,
    signal: AbortSignal,
    onReader: boolean,
    use: (answer: PinAnswer, closed: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { operation, requester, card } = form;
    const asked = { operation, requester, reader: card.reader };
    const failures = hostTexts(this.#settings.language());
    return await this.#show((texts) => codesQuestion(form, onReader, texts, failures), asked, signal, use);
  }

  async #show<T>(
    make: (texts: Texts) => PageQuestion,
    who: Omit<AskedNow, 'address'>,
    signal: AbortSignal,
    use: (answer: PinAnswer, closed: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { opener, log, language, theme, patience = 600_000, grace = 3_000 } = this.#settings;
    this.#files ??= readPageFiles(sources, scripts);
    const files = inTheme(await this.#files, theme?.());
    if (signal.aborted) throw new Failure('cancelled', {});
    const texts = readTexts(join(hostMessages, 'pin-page'), language());
    const asked = make(texts);
    const question = await PinQuestion.open({ asked, files, language: texts.language, log, patience, grace });
    const withdraw = (): void => question.close('ended.withdrawn');
    signal.addEventListener('abort', withdraw, { once: true });
    if (signal.aborted) withdraw();
    try {
      this.#asked.next({ address: question.address(), ...who });
      const size = { width: 560, height: who.operation === 'activate' ? 900 : 720 };
      if (!signal.aborted) opener.open(question.address(), size);
      return await use(await question.answer, question.closed);
    } finally {
      signal.removeEventListener('abort', withdraw);
      this.#asked.next(undefined);
      question.close('ended.reader');
    }
  }
}

/** The page and its style stand beside this file's source; its script is compiled. */
const sources = join(hostFolder, 'window/pin-page/page/static');
const scripts = join(builtFolder, 'window/pin-page/page');
