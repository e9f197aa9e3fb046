/** Time as the simulator sees it. Core has no timers: tests advance a `VirtualClock`, a bench brings a clock of its own. */
export interface Clock {
  /** Milliseconds since some beginning. */
  now(): number;
  /** Settles when `milliseconds` have passed on this clock. */
  wait(milliseconds: number): Promise<void>;
}

/** A clock that stands still until it is advanced. */
export class VirtualClock implements Clock {
  #now = 0;
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wait(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((wake) => this.#waiting.push({ at: this.#now + milliseconds, wake }));
  }

  /** How many wait for this clock. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Moves time and wakes those whose time has come, earliest first. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#waiting.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
  }
}
