import { Failure } from '@sigill/core';
import type { Clock } from './clock.js';

const tooLate = Symbol('too late');

/**
 * Calls that another program can hold up for as long as it likes (PC/SC: connect and begin wait for its transaction to end).
 * Nobody waits longer than `limit` milliseconds, and at most one call for each reader hangs in the native library.
 */
export class ReaderGate {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #hanging = new Map<string, Promise<void>>();

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Fails with `reader-busy` after the limit; `late` then gives back what the call brings in the end. */
  async run<T>(
    reader: string,
    call: () => Promise<T>,
    late: (outcome: Promise<T>) => Promise<void>,
    milliseconds = this.#limit,
  ): Promise<T> {
    const done = new AbortController();
    const limit = this.#clock.pause(milliseconds, done.signal).then(() => tooLate);
    try {
      const hanging = this.#hanging.get(reader);
      if (hanging && (await Promise.race([hanging, limit])) === tooLate) throw new Failure('reader-busy', { reader });
      const outcome = call();
      const first = await Promise.race([outcome, limit]);
      if (first !== tooLate) return first as T;
      this.#hang(reader, late(outcome));
      throw new Failure('reader-busy', { reader });
    } finally {
      done.abort();
    }
  }

  #hang(reader: string, end: Promise<void>): void {
    const hanging = end
      .catch(() => undefined)
      .then(() => {
        if (this.#hanging.get(reader) === hanging) this.#hanging.delete(reader);
      });
    this.#hanging.set(reader, hanging);
  }
}
