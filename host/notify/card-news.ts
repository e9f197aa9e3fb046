import type { Card, Pin, PinId, Reader } from '@sigill/core';
import { expiring } from '../tray/status-icon.js';

/** What happened to a card that a person should know of. */
export type CardNews =
  | { readonly kind: 'not-activated' | 'half-activated'; readonly reader: string }
  | { readonly kind: 'locked'; readonly reader: string; readonly pin: PinId }
  | {
      readonly kind: 'expiring';
      readonly reader: string;
      /** Names the certificate among all: its SHA-256. */
      readonly certificate: string;
      /** ISO 8601. */
      readonly until: string;
    };

/** What lies between two moments of the readers. A card that is put in tells of itself anew; what was so already is no news. */
export function cardNews(before: readonly Reader[], readers: readonly Reader[], now: Date): readonly CardNews[] {
  return readers.flatMap((reader): readonly CardNews[] => {
    const { name, state, card } = reader;
    if (card === undefined) return [];
    const old = before.find((one) => one.name === name && one.card?.id === card.id);
    const ending = expiring(reader, now);
    return [
      ...((state === 'not-activated' || state === 'half-activated') && old?.state !== state
        ? [{ kind: state, reader: name }]
        : []),
      ...newlyLocked(old?.card, card).map((pin) => ({ kind: 'locked' as const, reader: name, pin })),
      // Time passes without an event: whoever tells it remembers what was told today.
      ...(ending === undefined
        ? []
        : [{ kind: 'expiring' as const, reader: name, certificate: ending.sha256, until: ending.notAfter }]),
    ];
  });
}

function newlyLocked(before: Card | undefined, now: Card): readonly PinId[] {
  const old = before === undefined ? [] : codes(before);
  return codes(now)
    .filter(({ state }) => state === 'locked')
    .map(({ id }) => id)
    .filter((pin) => !old.some(({ id, state }) => id === pin && state === 'locked'));
}

const codes = ({ pins, puk }: Card): readonly Pin[] => [...pins, ...(puk === undefined ? [] : [puk])];
