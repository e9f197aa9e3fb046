import { type CardId, Failure, isFailure, type Pin, type PinId, type PinOutcome } from '@sigill/core';
import { probePin } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { profilePin } from './profile-pin.js';

/**
 * Runs `use` in one transaction. What `use` said after a presentation stands, even when the card goes away right after it:
 * a changed PIN is changed. A lost answer gets the counter as it is afterwards.
 */
export async function withCard<T>(
  context: PinContext,
  card: CardId,
  use: (session: CardSession) => Promise<T>,
): Promise<T> {
  let presented = false;
  let settled: { readonly value: T } | { readonly error: unknown } | undefined;
  const watched = async (session: CardSession): Promise<T> => {
    const noted: CardSession = {
      card: session.card,
      profile: session.profile,
      channel: session.channel,
      wanted: session.wanted,
      control: (code, data) => session.control(code, data),
      presenting: () => {
        if (presented) return;
        presented = true;
        session.presenting();
      },
    };
    // The guard behind the guard: a second run after a presentation could cost a second try.
    if (presented) throw new Error('A use was started again after a secret had been presented');
    try {
      const value = await use(noted);
      if (presented) settled = { value };
      return value;
    } catch (error) {
      if (presented) settled = { error };
      throw error;
    }
  };
  try {
    return await context.cards.use(card, watched);
  } catch (error) {
    if (settled !== undefined && 'value' in settled) return settled.value;
    throw await afterLoss(context, card, settled?.error ?? error);
  }
}

/** The card's own word on one PIN now, without a try spent; `undefined` when the card cannot be asked. */
export async function probeNow(
  context: PinContext,
  card: CardId,
  pin: PinId,
): Promise<Pick<Pin, 'state' | 'triesLeft'> | undefined> {
  try {
    return await context.cards.use(card, ({ channel, profile }) => probePin(channel, profilePin(profile, pin)));
  } catch {
    return undefined;
  }
}

/** A PIN that the card has just accepted, with the counter as read afterwards when the card is still there. */
export function acceptedPin(context: PinContext, card: CardId, pin: PinId): PinOutcome {
  let triesLeft: number | undefined;
  try {
    triesLeft = context.cards.card(card).pins.find(({ id }) => id === pin)?.triesLeft;
  } catch {
    // Pulled out since: the outcome stands, the counter is unknown.
  }
  return { pin, state: 'ok', ...(triesLeft === undefined ? {} : { triesLeft }) };
}

async function afterLoss(context: PinContext, card: CardId, error: unknown): Promise<unknown> {
  if (!isFailure(error, 'outcome-unknown')) return error;
  const { pin } = error.facts;
  const now = await probeNow(context, card, pin as PinId);
  return now?.triesLeft === undefined
    ? error
    : new Failure('outcome-unknown', { pin, triesLeft: now.triesLeft }, error.cause);
}
