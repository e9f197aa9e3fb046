import type { CardDetails, CardId, Reader } from '@sigill/core';

/** The readers as they are now, and what was read more closely of the cards in them. */
export class SeenReaders {
  readonly #details = new Map<CardId, CardDetails>();
  #now: readonly Reader[] = [];

  get now(): readonly Reader[] {
    return this.#now;
  }

  get details(): ReadonlyMap<CardId, CardDetails> {
    return this.#details;
  }

  see(readers: readonly Reader[]): void {
    this.#now = readers;
    const present = new Set(readers.map(({ card }) => card?.id));
    for (const card of this.#details.keys()) if (!present.has(card)) this.#details.delete(card);
  }

  /** Keeps what was read of a card, unless it has left meanwhile. */
  keep(card: CardId, details: CardDetails): void {
    if (this.#now.some((reader) => reader.card?.id === card)) this.#details.set(card, details);
  }
}
