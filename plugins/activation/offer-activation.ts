import type { CardId, Cards, Commands, Disposable, Log, Reader } from '@sigill/core';

/** A card that waits to be activated, or was left half-way. */
export interface Waiting {
  readonly card: CardId;
  readonly state: 'not-activated' | 'half-activated';
}

/** The cards that wait to be activated, or were left half-way. */
export function cardsToActivate(readers: readonly Reader[]): readonly Waiting[] {
  return readers.flatMap(({ card, state }) =>
    card && (state === 'not-activated' || state === 'half-activated') ? [{ card: card.id, state }] : [],
  );
}

/**
 * Offers to activate each card that needs it, once for each insertion: one left half-way is offered again when it comes back.
 * One that is half-way by now is offered to be finished, without being taken out.
 */
export function offerActivation(cards: Cards, commands: Commands, log: Log): Disposable {
  const offered = new Set<string>();
  const watch = cards.readers.subscribe((readers) => {
    for (const { card, state } of cardsToActivate(readers)) {
      const offer = `${state} ${card}`;
      if (offered.has(offer)) continue;
      offered.add(offer);
      commands
        .offer('activation.activate', { card })
        .catch((error: unknown) => log.warn(`The offer failed: ${String(error)}`));
    }
  });
  return { dispose: () => watch.unsubscribe() };
}
