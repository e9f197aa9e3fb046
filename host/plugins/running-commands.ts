import type { Disposable, ProgressStep } from '@sigill/core';
import type { Clock } from './clock.js';
import type { ProgressReport } from './contract.js';
import { type Patience, Waiting } from './patience.js';

/** Who started a command: may cancel it, and hears how far it is. */
export interface Starter {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((step: ProgressStep) => void) | undefined;
}

/** One run of a command. */
export interface Run extends Disposable {
  /** Names it in `progress.report`. */
  readonly run: string;
}

/** The commands that one plugin runs now, each with its time and the person who may cancel it. */
export class RunningCommands {
  readonly #clock: Clock;
  readonly #running = new Map<Waiting, AbortSignal | undefined>();
  readonly #listening = new Map<string, (step: ProgressStep) => void>();
  #asking = 0;
  #last = 0;

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
  add(patience: Patience, grace: number, out: (cancelled: boolean) => void, { signal, progress }: Starter = {}): Run {
    const run = String((this.#last += 1));
    if (progress) this.#listening.set(run, progress);
    const waiting = new Waiting(this.#clock, patience, () => out(signal?.aborted ?? false));
    const hurry = (): void => waiting.hurry(grace);
    this.#running.set(waiting, signal);
    if (this.#asking > 0) waiting.pause();
    if (signal?.aborted) hurry();
    signal?.addEventListener('abort', hurry);
    return {
      run,
      dispose: () => {
        this.#listening.delete(run);
        signal?.removeEventListener('abort', hurry);
        this.#running.delete(waiting);
        waiting.dispose();
      },
    };
  }

  /** What the plugin tells of a run; of one that has ended nobody is told. */
  report({ run, step }: ProgressReport): void {
    this.#listening.get(run)?.(step);
  }

  /** What the host tells in the name of every command that runs, about work that it does for them. */
  reportAll(step: ProgressStep): void {
    for (const listener of this.#listening.values()) listener(step);
  }

  /** A step was done that a person can see: a signature, a file. */
  advance(): void {
    for (const waiting of this.#running.keys()) waiting.advance();
  }

  /** A person is being asked, or the host works for them, until given back: meanwhile the commands' own time stands still. */
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
