import type { PinOutcome, PinRequest } from '@sigill/core';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { currentField } from './fields.js';
import { presentCurrent, verifying } from './present-current.js';
import { acceptedPin, withCard } from './with-card.js';

/** Asks for the PIN and presents it once. */
export async function verify(context: PinContext, request: PinRequest): Promise<PinOutcome> {
  const card = context.cards.card(request.card);
  const stake = await usable(context, card.id, pinOfCard(card, request.pin), ['ok']);
  const plan = verifying(stake);
  const question = { operation: 'verify', card, fields: [currentField(stake)], stake, plan } as const;
  await ask(context, question, (answer) =>
    withCard(context, card.id, (session) => presentCurrent(context, session, stake, answer)),
  );
  context.knownWrong.forget(card, stake.id);
  return acceptedPin(context, card.id, stake.id);
}
