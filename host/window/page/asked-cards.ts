import type { WindowView } from '../view/window-view.js';

/** Cards that were asked for more than their first level, each once; one that comes back after it was away is asked again. */
export class AskedCards {
  readonly #asked = new Set<string>();
  readonly #ask: (card: string) => void;

  constructor(ask: (card: string) => void) {
    this.#ask = ask;
  }

  ask(card: string): void {
    if (this.#asked.has(card)) return;
    this.#asked.add(card);
    this.#ask(card);
  }

  /** Forgets those that have left. */
  seen({ readers }: WindowView): void {
    for (const asked of this.#asked) if (!readers.some(({ card }) => card?.id === asked)) this.#asked.delete(asked);
  }
}
