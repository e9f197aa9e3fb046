import type { Clock } from './clock.js';

/** Starts after a failure, at most so many in so many milliseconds. */
const most = 3;
const span = 300_000;

/** Remembers when a plugin failed, and so whether it may be started again. */
export class Restarts {
  readonly #clock: Clock;
  #failedAt: readonly number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  failed(): void {
    this.#failedAt = [...this.#recent(), this.#clock.now()];
  }

  /** True when three restarts within five minutes were of no use. */
  get usedUp(): boolean {
    return this.#recent().length > most;
  }

  forget(): void {
    this.#failedAt = [];
  }

  #recent(): readonly number[] {
    return this.#failedAt.filter((at) => at > this.#clock.now() - span);
  }
}
