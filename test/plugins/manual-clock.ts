import type { Disposable } from '@sigill/core';
import type { Clock } from '../../host/plugins/clock.js';

/** Time in a test's hands: it passes only when `pass` is called. */
export class ManualClock implements Clock {
  #now = 0;
  #waiting: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): Disposable {
    const entry = { at: this.#now + milliseconds, run };
    this.#waiting.push(entry);
    return { dispose: () => void (this.#waiting = this.#waiting.filter((other) => other !== entry)) };
  }

  /** Lets so many milliseconds pass, running what falls due on the way, in order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.#waiting = this.#waiting.filter((other) => other !== next);
      next.run();
    }
    this.#now = end;
  }

  #next(end: number) {
    return this.#waiting.filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0];
  }
}
