import type { CardProfile, Plan } from '@sigill/core/card';

/** One use of a key under a PIN that is held. */
export interface KeyUse {
  /** Absent when nothing but the PIN is to be presented. */
  readonly key?: string;
  /** What the card is sent; with a failure of it nothing is sent. */
  make(profile: CardProfile): Plan;
}

/** Milliseconds for which a card is kept for a program's next use. */
const linger = 200;
/** Milliseconds for which uses in a row may keep others off the card. */
const longest = 2_000;
/** Milliseconds without us after that: pcsc-lite lets waiting programs look every 100 ms. */
const gap = 150;

/** What a row goes on with: another use, nothing since none came for a moment, or nothing since it has to end. */
type Next = 'use' | 'none' | 'end';

interface Waiting {
  readonly use: KeyUse;
  done(answer: Uint8Array): void;
  failed(error: unknown): void;
}

/**
 * Uses in the order given. Those that follow close upon each other share a transaction, which ends when none came for a moment, when
 * somebody else wants the card, and in any case after a while (decision 0028).
 */
export class UsesInARow {
  readonly #transaction: () => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #going = false;
  #tookLong = false;
  /** Resolves when others have had their turn. */
  #others: Promise<void> = Promise.resolve();
  #arrived = (): void => {};

  /** `transaction` begins one, calls `serve` in it, and fails with what the first use in the row is to fail with. */
  constructor(transaction: () => Promise<void>) {
    this.#transaction = transaction;
  }

  /** The card's last answer to a use, as soon as it is there. Fails as `transaction` does while it is the first in the row. */
  add(use: KeyUse): Promise<Uint8Array> {
    return new Promise((done, failed) => {
      this.#waiting.push({ use, done, failed });
      this.#arrived();
      if (!this.#going) void this.#go();
    });
  }

  /** Performs the first use, and others until `end` aborts. What `perform` fails with ends it, and is left to the use that it was for. */
  async serve(end: AbortSignal, perform: (use: KeyUse) => Promise<Uint8Array>): Promise<void> {
    const long = new AbortController();
    const timer = setTimeout(() => long.abort(), longest);
    this.#tookLong = false;
    const ends = AbortSignal.any([end, long.signal]);
    let next: Next;
    try {
      do {
        const [first] = this.#waiting;
        if (first === undefined) return;
        const answer = await perform(first.use);
        this.#waiting.shift();
        first.done(answer);
        next = await this.#next(ends);
      } while (next === 'use');
      this.#tookLong = next === 'end' && long.signal.aborted;
    } finally {
      clearTimeout(timer);
    }
  }

  async #go(): Promise<void> {
    this.#going = true;
    while (this.#waiting.length > 0) {
      await this.#others;
      try {
        await this.#transaction();
      } catch (error) {
        this.#waiting.shift()?.failed(error);
      }
      if (this.#tookLong) this.#others = new Promise((resolve) => setTimeout(resolve, gap));
    }
    this.#going = false;
  }

  #next(ends: AbortSignal): Promise<Next> {
    if (ends.aborted) return Promise.resolve('end');
    if (this.#waiting.length > 0) return Promise.resolve('use');
    return new Promise((resolve) => {
      const answer = (next: Next): void => {
        clearTimeout(timer);
        ends.removeEventListener('abort', ended);
        this.#arrived = () => {};
        resolve(next);
      };
      const ended = (): void => answer('end');
      const timer = setTimeout(() => answer('none'), linger);
      ends.addEventListener('abort', ended, { once: true });
      this.#arrived = () => answer('use');
    });
  }
}
