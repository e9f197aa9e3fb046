import type { Disposable } from '@sigill/core';
import type { Observable } from 'rxjs';

/** What a program has not been told yet: slots whose token came or went, each once. */
export class SlotEvents implements Disposable {
  readonly #slots = new Set<number>();
  readonly #waiting = new Set<() => void>();
  readonly #watch: { unsubscribe(): void };

  constructor(changes: Observable<number>) {
    this.#watch = changes.subscribe((slot) => {
      this.#slots.add(slot);
      this.#wake();
    });
  }

  /** The next slot, which then counts as told; undefined when there is none. */
  take(): number | undefined {
    const [slot] = this.#slots;
    if (slot !== undefined) this.#slots.delete(slot);
    return slot;
  }

  /** The next slot as soon as there is one; undefined when the waiting was ended. */
  async next(): Promise<number | undefined> {
    const now = this.take();
    if (now !== undefined) return now;
    await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.take();
  }

  /** Forgets what was not told, and ends all waiting. */
  clear(): void {
    this.#slots.clear();
    this.#wake();
  }

  dispose(): void {
    this.#watch.unsubscribe();
    this.clear();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
