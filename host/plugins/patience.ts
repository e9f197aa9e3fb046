import type { Disposable } from '@sigill/core';
import type { Clock } from './clock.js';

/** Milliseconds that a command may take. */
export interface Patience {
  /** Of its own time, in one go: while a person types or the host works for it it does not run, and it starts anew afterwards. */
  readonly own: number;
  /** In all, people's time included; it starts anew with each step that the host has seen done, such as a signature or a file. */
  readonly whole: number;
}

/** Watches one command: calls `out` once when it has taken too long, unless given back before. */
export class Waiting implements Disposable {
  readonly #clock: Clock;
  readonly #out: () => void;
  #whole: Disposable;
  readonly #wholeTime: number;
  #ownTime: number;
  #own: Disposable | undefined;
  #paused = false;
  #done = false;

  constructor(clock: Clock, patience: Patience, out: () => void) {
    this.#clock = clock;
    this.#ownTime = patience.own;
    this.#out = out;
    this.#wholeTime = patience.whole;
    this.#whole = clock.after(patience.whole, () => this.#end());
    this.resume();
  }

  /** A step was done: what is left may take as long as the whole. */
  advance(): void {
    if (this.#done) return;
    this.#whole.dispose();
    this.#whole = this.#clock.after(this.#wholeTime, () => this.#end());
  }

  /** A person types, or the host works for it. */
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
