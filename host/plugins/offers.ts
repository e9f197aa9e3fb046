import type { CardId, Cards, CommandArguments, Reader } from '@sigill/core';
import type { CommandCall } from './call-data.js';

/** A plugin asks the person's shell to start a command. */
export interface Offer {
  /** The plugin's name. */
  readonly plugin: string;
  readonly command: string;
  readonly args: CommandArguments;
}

/** Offers of plugins remembered; more than a person would ever see. */
const mostRemembered = 1_000;

/**
 * Passes each offer on once per insertion and state of its card: a card that is put in again has another id, and one that
 * was left half-way in the meantime is another offer.
 */
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
    const { card } = args;
    const reader = card === undefined ? undefined : this.#readerOf(card as CardId);
    if (card !== undefined && reader === undefined) return;
    const key = JSON.stringify([plugin, id, args, reader?.state]);
    if (this.#made.has(key) || this.#made.size >= mostRemembered) return;
    this.#made.add(key);
    this.#pass({ plugin, command: id, args });
  }

  #readerOf(card: CardId): Reader | undefined {
    let now: readonly Reader[] = [];
    // It replays what is, at once.
    this.#cards.readers.subscribe((readers) => (now = readers)).unsubscribe();
    return now.find((reader) => reader.card?.id === card);
  }
}
