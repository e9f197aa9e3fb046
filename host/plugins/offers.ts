import type { CardId, Cards, CommandArguments, Reader } from '@sigill/core';
import type { CommandCall } from './contract.js';

/** A plugin asks the person's shell to start a command. */
export interface Offer {
  /** The plugin's name. */
  readonly plugin: string;
  readonly command: string;
  readonly args: CommandArguments;
}

/** Offers of plugins remembered; more than a person would ever see. */
const mostRemembered = 1_000;

/** Passes each offer on once per insertion: a card that is put in again has another id. */
export class Offers {
  readonly #cards: Cards;
  readonly #pass: (offer: Offer) => void;
  readonly #made = new Set<string>();

  constructor(cards: Cards, pass: (offer: Offer) => void) {
    this.#cards = cards;
    this.#pass = pass;
  }

  /** Takes an offer of a plugin. One for a card that is gone is let fall. */
  make(plugin: string, { id, args }: CommandCall): void {
    const key = JSON.stringify([plugin, id, args]);
    if (this.#made.has(key) || this.#made.size >= mostRemembered) return;
    const { card } = args;
    if (card !== undefined && !this.#present(card as CardId)) return;
    this.#made.add(key);
    this.#pass({ plugin, command: id, args });
  }

  #present(card: CardId): boolean {
    let now: readonly Reader[] = [];
    // It replays what is, at once.
    this.#cards.readers.subscribe((readers) => (now = readers)).unsubscribe();
    return now.some((reader) => reader.card?.id === card);
  }
}
