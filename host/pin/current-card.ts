import { type Card, type CardId, Failure, type Pin, type PinId, type PinStatus } from '@sigill/core';
import type { PinContext } from './context.js';
import { locked } from './guard.js';
import { probeNow } from './with-card.js';

/** The PIN of a card as it was last read. Fails with `pin-unknown`; the PUK is not a PIN here. */
export function pinOfCard(card: Card, pin: PinId): Pin {
  const found = card.pins.find(({ id }) => id === pin);
  if (found === undefined) throw new Failure('pin-unknown', { pin, pins: card.pins.map(({ id }) => id) });
  return found;
}

/** The PUK of a card, read first where nothing has asked for its counter yet. Fails with `puk-absent`. */
export async function pukOfCard(context: PinContext, card: Card): Promise<Pin> {
  const known = card.puk ?? (await readAgain(context, card.id)).puk;
  if (known === undefined) throw new Failure('puk-absent', {});
  return known;
}

/** The card after a use that does nothing: its PINs and its PUK are read at the end of each. */
async function readAgain(context: PinContext, card: CardId): Promise<Card> {
  await context.cards.use(card, async () => undefined);
  return context.cards.card(card);
}

/**
 * `pin` as it may be shown before typing. When what was last read would refuse it, the card is asked anew without a try
 * spent, since another program may have unlocked it. Fails with `pin-locked`, `puk-locked`, and with `pin-not-set` where `allowed` lacks it.
 */
export async function usable(context: PinContext, card: CardId, pin: Pin, allowed: readonly PinStatus[]): Promise<Pin> {
  if (refusal(pin, allowed) === undefined) return pin.triesLeft === undefined ? counted(context, card, pin) : pin;
  const now = await probeNow(context, card, pin.id);
  const { triesLeft: _stale, ...facts } = pin;
  const fresh: Pin = now === undefined ? pin : { ...facts, ...now };
  const refused = refusal(fresh, allowed);
  if (refused !== undefined) throw refused;
  return fresh;
}

/** A PIN that another program left verified tells no counter until it is forgotten; a card that never tells one stays as it is. */
async function counted(context: PinContext, card: CardId, pin: Pin): Promise<Pin> {
  await context.cards.use(card, async (session) => session.presenting());
  const { pins, puk } = context.cards.card(card);
  return [...pins, ...(puk === undefined ? [] : [puk])].find(({ id }) => id === pin.id) ?? pin;
}

function refusal(pin: Pin, allowed: readonly PinStatus[]): Failure | undefined {
  if (pin.state === 'locked' || pin.triesLeft === 0) return locked(pin.id);
  return allowed.includes(pin.state) ? undefined : new Failure('pin-not-set', { pin: pin.id });
}
