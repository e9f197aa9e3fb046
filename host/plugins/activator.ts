import type { ActivationEvent, Cards, Disposable, Reader } from '@sigill/core';

/**
 * The activation events that lie between two moments: a card that was not there, and a state that its reader did not have.
 * A card swapped for another counts as new, with its state.
 */
export function activationEvents(before: readonly Reader[], now: readonly Reader[]): readonly ActivationEvent[] {
  return now.flatMap((reader) => {
    const old = before.find(({ name }) => name === reader.name);
    const { card } = reader;
    const inserted = card !== undefined && card.id !== old?.card?.id;
    const events: ActivationEvent[] = inserted ? ['card', `card:${card.profile}`] : [];
    if (inserted || reader.state !== old?.state) events.push(`card-state:${reader.state}`);
    return events;
  });
}

/** Watches the cards and says which activation events happen, `startup` first. Gives the watch back on dispose. */
export function watchActivation(cards: Cards, happened: (event: ActivationEvent) => void): Disposable {
  happened('startup');
  let before: readonly Reader[] = [];
  const watch = cards.readers.subscribe((now) => {
    const events = new Set(activationEvents(before, now));
    before = now;
    for (const event of events) happened(event);
  });
  return { dispose: () => watch.unsubscribe() };
}
