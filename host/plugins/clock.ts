import type { Disposable } from '@sigill/core';

/** Time, so that a test can be the one who lets it pass. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Runs once after so many milliseconds, unless given back before. */
  after(milliseconds: number, run: () => void): Disposable;
}

/** The computer's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    // A limit that waits must not keep the program alive.
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};
