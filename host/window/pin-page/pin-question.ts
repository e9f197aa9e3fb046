import { Failure, type Language, type Log } from '@sigill/core';
import type { PinAnswer } from '../../pin/prompt.js';
import { wipeAll } from '../../pin/secret.js';
import type { EventStream } from '../event-stream.js';
import { GuardedServer } from '../guarded-server.js';
import type { PageFiles } from '../page-files.js';
import type { Answer, Asked, Route } from '../routes.js';
import { windowTexts } from '../window-texts.js';
import { keyLength, Seal, sealedLength } from '../../pin/seal.js';
import type { PageQuestion } from './page-question.js';
import { typedAnswer } from './typed-answer.js';

export interface QuestionSettings {
  readonly asked: PageQuestion;
  readonly files: PageFiles;
  readonly language: Language;
  readonly log: Log;
  /** Milliseconds without a sign of the person, and milliseconds that a page may be gone (a reload). */
  readonly patience: number;
  readonly grace: number;
}

/** Why a page is told that its question has ended; keys of its words. */
export type Ending = 'ended.cancelled' | 'ended.withdrawn' | 'ended.time' | 'ended.reader';

/** One question with an origin of its own, which is there as long as the question. */
export class PinQuestion {
  readonly #settings: QuestionSettings;
  readonly #seal = new Seal();
  readonly #pages = new Set<EventStream>();
  readonly #end: (outcome: PinAnswer | Failure) => void;
  /** What the person answered. Fails with `cancelled`. */
  readonly answer: Promise<PinAnswer>;
  readonly #closed = new AbortController();
  #server: GuardedServer | undefined;
  #idle: NodeJS.Timeout | undefined;
  #gone: NodeJS.Timeout | undefined;
  #over = false;

  private constructor(settings: QuestionSettings) {
    this.#settings = settings;
    let end: (outcome: PinAnswer | Failure) => void = () => undefined;
    this.answer = new Promise((resolve, reject) => {
      end = (outcome) => (outcome instanceof Failure ? reject(outcome) : resolve(outcome));
    });
    this.#end = end;
    this.answer.catch(() => undefined);
  }

  /** Opens the origin. */
  static async open(settings: QuestionSettings): Promise<PinQuestion> {
    const question = new PinQuestion(settings);
    const { files, log, language } = settings;
    const own = windowTexts(language);
    question.#server = await GuardedServer.open({
      files,
      routes: question.#routes(),
      log,
      say: (key) => own.text(key),
    });
    question.#stay();
    return question;
  }

  /** Aborts when the question ends without an answer. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** An address that shows the question to one browser, as long as it is asked. */
  address(): string {
    if (this.#server === undefined) throw new Error('The question is not open');
    return this.#server.address(Number.POSITIVE_INFINITY);
  }

  /** Ends the question, tells the pages why, and closes the origin. An answer that was given stands. */
  close(ending: Ending): void {
    if (this.#over) return;
    this.#finish(new Failure('cancelled', {}));
    this.#closed.abort();
    for (const page of this.#pages) page.show(ending, 'ended');
    this.#server?.dispose();
  }

  #routes(): readonly Route[] {
    const { asked, patience } = this.#settings;
    const view = JSON.stringify(asked.view(this.#seal.key, patience));
    const post = (path: RegExp, most: number, answer: (request: Asked) => Answer): Route => ({
      kind: 'answer',
      method: 'POST',
      path,
      body: { type: 'application/octet-stream', most },
      answer,
    });
    return [
      { kind: 'answer', method: 'GET', path: /^\/form$/, answer: () => json(200, view) },
      { kind: 'stream', path: /^\/open$/, open: (page) => this.#arrive(page) },
      post(/^\/answer$/, keyLength + sealedLength, ({ body }) => this.#take(body)),
      post(/^\/more$/, 0, () => this.#stay()),
      post(/^\/cancel$/, 0, () => this.#cancel()),
    ];
  }

  #arrive(page: EventStream): { dispose(): void } {
    clearTimeout(this.#gone);
    this.#pages.add(page);
    return {
      dispose: () => {
        this.#pages.delete(page);
        if (this.#pages.size > 0 || this.#over) return;
        this.#gone = setTimeout(() => this.close('ended.cancelled'), this.#settings.grace);
      },
    };
  }

  /** The person is still there. */
  #stay(): Answer {
    clearTimeout(this.#idle);
    if (!this.#over) this.#idle = setTimeout(() => this.close('ended.time'), this.#settings.patience);
    return { status: 204 };
  }

  #cancel(): Answer {
    return { status: 204, sent: () => this.close('ended.cancelled') };
  }

  #take(body: Uint8Array): Answer {
    const { asked } = this.#settings;
    const { onReader } = asked;
    const opened = this.#over ? undefined : this.#seal.open(body);
    const answer = opened && typedAnswer(opened, asked);
    if (answer === undefined) {
      body.fill(0);
      return { status: this.#over ? 409 : 400 };
    }
    this.#stay();
    const verdict = asked.judge(answer);
    if (verdict.kind === 'wrong') wipeAll(answer.secrets);
    else if (onReader) this.#end(answer);
    else this.#finish(answer);
    const sent = verdict.kind === 'taken' && !onReader ? { sent: () => this.#server?.dispose() } : {};
    return { ...json(verdict.kind === 'taken' ? 200 : 422, JSON.stringify(verdict)), ...sent };
  }

  #finish(outcome: PinAnswer | Failure): void {
    this.#over = true;
    clearTimeout(this.#idle);
    clearTimeout(this.#gone);
    this.#end(outcome);
  }
}

const json = (status: number, body: string): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body,
});
