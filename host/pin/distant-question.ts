import { Failure } from '@sigill/core';
import { steadyBytes } from '@sigill/core/card';
import { failureOf } from './ask.js';
import type { AskedThere } from './asked-there.js';
import { type HostWords, type PersonWords, sealUse, secretFrameLength } from './distant-words.js';
import type { PinAnswer } from './prompt.js';
import { Seal } from './seal.js';
import { Secret, wipeAll } from './secret.js';

/** One question that is asked at a prompt in another process: the host's end of it. */
export class DistantQuestion {
  /** What the person answered. Fails as the prompt does, and with `cancelled`. */
  readonly answer: Promise<PinAnswer>;
  readonly #asked: AskedThere;
  readonly #seal = new Seal(sealUse);
  readonly #secrets = new Map<string, Secret>();
  readonly #tell: (words: HostWords) => void;
  readonly #number: number;
  readonly #left = new AbortController();
  #resolve: (answer: PinAnswer) => void = () => undefined;
  #reject: (why: Failure) => void = () => undefined;
  #over = false;

  constructor(number: number, asked: AskedThere, tell: (words: HostWords) => void) {
    this.#number = number;
    this.#asked = asked;
    this.#tell = tell;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.answer.catch(() => undefined);
    tell(asked.words(number, this.#seal.key));
  }

  /** Aborts when the person gives up, also after the answer. */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  hear(words: PersonWords): void {
    if (words.kind === 'failed') this.fail(failureOf(words.failure));
    else if (!this.#over) this.#end(() => this.#resolve({ secrets: this.#secrets, agreed: words.agreed }));
  }

  /** Opens one value, which takes the place of an earlier one of its field, and tells whether it is in order. False for what is no such value. */
  take(frame: Uint8Array): boolean {
    const field = this.#asked.fields[frame[4] ?? 0];
    if (this.#over || field === undefined || frame.length !== secretFrameLength) return false;
    const opened = this.#seal.open(frame.subarray(5));
    const length = opened?.[0];
    if (opened === undefined || length === undefined || length >= opened.length) return false;
    const digits = steadyBytes(length);
    digits.set(opened.subarray(1, 1 + length));
    opened.fill(0);
    this.#secrets.get(field)?.wipe();
    this.#secrets.set(field, new Secret(digits));
    const found = this.#asked.check(field, this.#secrets);
    this.#tell({ question: this.#number, kind: 'checked', ...(found === undefined ? {} : { found }) });
    return true;
  }

  /** Ends the question without an answer; one that was given stands. */
  fail(why: Failure): void {
    this.#left.abort();
    if (this.#over) return;
    this.#end(() => this.#reject(why));
    wipeAll(this.#secrets);
  }

  /** Nobody needs to be asked any more. */
  close(): void {
    this.fail(new Failure('cancelled', {}));
    this.#tell({ question: this.#number, kind: 'over' });
  }

  #end(settle: () => void): void {
    this.#over = true;
    settle();
  }
}
