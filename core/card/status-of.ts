import type { Card, ReaderStatus } from '../api/cards.js';

/** What a person is told about a card; `now` in milliseconds since 1970 decides which certificates have ended. */
export function statusOf(card: Card, now: number = Date.now()): ReaderStatus {
  const { pins, puk, certificates } = card;
  if (puk?.state === 'locked') return 'puk-locked';
  const missing = pins.filter(({ state }) => state === 'not-set');
  if (missing.length > 0) return missing.length === pins.length ? 'not-activated' : 'half-activated';
  if (pins.some(({ state }) => state === 'locked')) return 'pin-locked';
  const usable = certificates.some(({ key, notAfter }) => key.pin !== undefined && Date.parse(notAfter) >= now);
  return usable ? 'ready' : 'no-certificate';
}
