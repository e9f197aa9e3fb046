import type { Decrypting, Disposable, Language, Pins, Programs, ProgressStep, Signing } from '@sigill/core';
import type { Clock } from './clock.js';
import type { ProgressReport } from './call-data.js';
import { type Patience, Waiting } from './patience.js';
import type { Asker } from './plugin-services.js';

/** Where the person who started a command is asked, in place of the host's own window. */
export interface Asking {
  readonly language: Language;
  /** PIN operations in the name of `requester`; `signal` aborts when nobody waits for them any more. */
  pins(requester: string, signal: AbortSignal): Pins;
  signing(asker: Asker): Signing;
  decrypting(requester: string, signal: AbortSignal): Decrypting;
  /** Absent in a host that has no programs to set up. */
  readonly programs?: ((requester: string, signal: AbortSignal) => Programs) | undefined;
}

/** Who started a command: may cancel it, and hears how far it is. */
export interface Starter {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((step: ProgressStep) => void) | undefined;
  readonly asking?: Asking | undefined;
}

/** One run of a command. */
export interface Run extends Disposable {
  /** Names it in `progress.report`. */
  readonly run: string;
}

/** The commands that one plugin runs now, each with its time and the person who may cancel it. */
export class RunningCommands {
  readonly #clock: Clock;
  readonly #running = new Set<Waiting>();
  readonly #starters = new Map<string, Starter>();
  #asking = 0;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get any(): boolean {
    return this.#running.size > 0;
  }

  /** True while `run` goes on. */
  has(run: string): boolean {
    return this.#starters.has(run);
  }

  /** Aborts when `run` is cancelled, so that nobody is asked for it any more; without a name when one of them is. */
  cancelled(run?: string): AbortSignal {
    const starters = run === undefined ? [...this.#starters.values()] : [this.#starters.get(run)];
    return AbortSignal.any(starters.flatMap((starter) => starter?.signal ?? []));
  }

  /** Where the one is asked who started `run`; without a name who started the only one. */
  asking(run?: string): Asking | undefined {
    if (run !== undefined) return this.#starters.get(run)?.asking;
    const [only, another] = [...this.#starters.values()];
    return another === undefined ? only?.asking : undefined;
  }

  /**
   * One more, until given back. `out` is called when it has used up its time; after it is cancelled it has `grace` milliseconds to end.
   */
  add(patience: Patience, grace: number, out: (cancelled: boolean) => void, starter: Starter = {}): Run {
    const { signal } = starter;
    const run = String((this.#last += 1));
    this.#starters.set(run, starter);
    const waiting = new Waiting(this.#clock, patience, () => out(signal?.aborted ?? false));
    const hurry = (): void => waiting.hurry(grace);
    this.#running.add(waiting);
    if (this.#asking > 0) waiting.pause();
    if (signal?.aborted) hurry();
    signal?.addEventListener('abort', hurry);
    return {
      run,
      dispose: () => {
        this.#starters.delete(run);
        signal?.removeEventListener('abort', hurry);
        this.#running.delete(waiting);
        waiting.dispose();
      },
    };
  }

  /** What the plugin tells of a run; of one that has ended nobody is told. */
  report({ run, step }: ProgressReport): void {
    this.#starters.get(run)?.progress?.(step);
  }

  /** What the host tells in the name of every command that runs, about work that it does for them. */
  reportAll(step: ProgressStep): void {
    for (const { progress } of this.#starters.values()) progress?.(step);
  }

  /** A step was done that a person can see: a signature, a file. */
  advance(): void {
    for (const waiting of this.#running) waiting.advance();
  }

  /** A person is being asked, or the host works for them, until given back: meanwhile the commands' own time stands still. */
  ask(): Disposable {
    this.#asking += 1;
    for (const waiting of this.#running) waiting.pause();
    return {
      dispose: () => {
        this.#asking -= 1;
        if (this.#asking === 0) for (const waiting of this.#running) waiting.resume();
      },
    };
  }
}
