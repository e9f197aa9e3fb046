import type { Disposable } from '@sigill/core';
import type { Clock } from './clock.js';
import { type Patience, Waiting } from './patience.js';

/** The commands that one plugin runs now, each with its time and the person who may cancel it. */
export class RunningCommands {
  readonly #clock: Clock;
  readonly #running = new Map<Waiting, AbortSignal | undefined>();
  #asking = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get any(): boolean {
    return this.#running.size > 0;
  }

  /** Aborts when one of them is cancelled, so that nobody is asked for it any more. */
  get cancelled(): AbortSignal {
    return AbortSignal.any([...this.#running.values()].flatMap((signal) => signal ?? []));
  }

  /**
   * One more, until given back. `out` is called when it has used up its time; after it is cancelled it has `grace` milliseconds to end.
   */
  add(patience: Patience, grace: number, out: (cancelled: boolean) => void, signal?: AbortSignal): Disposable {
    const waiting = new Waiting(this.#clock, patience, () => out(signal?.aborted ?? false));
    const hurry = (): void => waiting.hurry(grace);
    this.#running.set(waiting, signal);
    if (this.#asking > 0) waiting.pause();
    if (signal?.aborted) hurry();
    signal?.addEventListener('abort', hurry);
    return {
      dispose: () => {
        signal?.removeEventListener('abort', hurry);
        this.#running.delete(waiting);
        waiting.dispose();
      },
    };
  }

  /** A person is being asked until given back: meanwhile the commands' own time stands still. */
  ask(): Disposable {
    this.#asking += 1;
    for (const waiting of this.#running.keys()) waiting.pause();
    return {
      dispose: () => {
        this.#asking -= 1;
        if (this.#asking === 0) for (const waiting of this.#running.keys()) waiting.resume();
      },
    };
  }
}
