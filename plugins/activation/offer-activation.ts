import type { Card, Cards, Commands, Disposable, Log, Reader } from '@sigill/core';

/** The cards that wait to be activated, or were left half-way. */
export function cardsToActivate(readers: readonly Reader[]): readonly Card[] {
  return readers.flatMap(({ card, state }) =>
    card && (state === 'not-activated' || state === 'half-activated') ? [card] : [],
  );
}

/** Offers to activate each card that needs it, once for each insertion: one left half-way is offered again when it comes back. */
export function offerActivation(cards: Cards, commands: Commands, log: Log): Disposable {
  const offered = new Set<string>();
  const watch = cards.readers.subscribe((readers) => {
    for (const { id } of cardsToActivate(readers)) {
      if (offered.has(id)) continue;
      offered.add(id);
      commands
        .offer('activation.activate', { card: id })
        .catch((error: unknown) => log.warn(`The offer failed: ${String(error)}`));
    }
  });
  return { dispose: () => watch.unsubscribe() };
}
