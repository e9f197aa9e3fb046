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
  readonly #out: () => void;
  readonly #whole: Disposable;
  #ownTime: number;
  #own: Disposable | undefined;
  #paused = false;
  #done = false;

  constructor(clock: Clock, patience: Patience, out: () => void) {
    this.#clock = clock;
    this.#ownTime = patience.own;
    this.#out = out;
    this.#whole = clock.after(patience.whole, () => this.#end());
    this.resume();
  }

  /** A person types. */
  pause(): void {
    this.#paused = true;
    this.#own?.dispose();
  }

  resume(): void {
    this.#paused = false;
    this.#own?.dispose();
    if (!this.#done) this.#own = this.#clock.after(this.#ownTime, () => this.#end());
  }

  /** From now on its own time is no more than this. */
  hurry(milliseconds: number): void {
    this.#ownTime = Math.min(this.#ownTime, milliseconds);
    if (!this.#paused) this.resume();
  }

  dispose(): void {
    this.#done = true;
    this.#own?.dispose();
    this.#whole.dispose();
  }

  #end(): void {
    if (this.#done) return;
    this.dispose();
    this.#out();
  }
}
