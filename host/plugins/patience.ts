import type { Disposable } from '@sigill/core';
import type { Clock } from './clock.js';

/** Milliseconds that a command may take. */
export interface Patience {
  /** Of its own time, in one go: while a person types it does not run, and it starts anew afterwards. */
  readonly own: number;
  /** In all, people's time included. */
  readonly whole: number;
}

/** Watches one command: calls `out` once when it has taken too long, unless given back before. */
export class Waiting implements Disposable {
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly #out: () => void;
  readonly #whole: Disposable;
  #own: Disposable | undefined;
  #done = false;

  constructor(clock: Clock, patience: Patience, out: () => void) {
    this.#clock = clock;
    this.#patience = patience;
    this.#out = out;
    this.#whole = clock.after(patience.whole, () => this.#end());
    this.resume();
  }

  /** A person types. */
  pause(): void {
    this.#own?.dispose();
    this.#own = undefined;
  }

  resume(): void {
    this.pause();
    if (!this.#done) this.#own = this.#clock.after(this.#patience.own, () => this.#end());
  }

  dispose(): void {
    this.#done = true;
    this.pause();
    this.#whole.dispose();
  }

  #end(): void {
    if (this.#done) return;
    this.dispose();
    this.#out();
  }
}
