import type { PinOutcome, PinRequest } from '@sigill/core';
import { type CardProfile, type Plan, planChange } from '@sigill/core/card';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, usable } from './current-card.js';
import { currentField, newFields } from './fields.js';
import { present } from './present.js';
import { profilePin } from './profile-pin.js';
import { acceptedPin, withCard } from './with-card.js';

/** Asks for the present value and for the new one twice, and changes the PIN in one command. */
export async function change(context: PinContext, request: PinRequest): Promise<PinOutcome> {
  const card = context.cards.card(request.card);
  const stake = await usable(context, card.id, pinOfCard(card, request.pin), ['ok']);
  const fields = [currentField(stake), ...newFields(stake)];
  const plan = (profile: CardProfile): Plan => planChange(profile, profilePin(profile, stake.id));
  const question = { operation: 'change', card, fields, stake, replaced: 'current', plan } as const;
  await ask(context, question, ({ secrets, agreed, keypad }) =>
    withCard(context, card.id, async (session) => {
      const pin = profilePin(session.profile, stake.id);
      await present(context, session, {
        stake: pin,
        target: pin.id,
        judged: 'current',
        secrets: { current: secrets.get('current'), new: secrets.get(`new:${pin.id}`) },
        keypad,
        plan: plan(session.profile),
        shown: stake.triesLeft,
        agreed,
        expected: 'ok',
      });
    }),
  );
  context.knownWrong.forget(card, stake.id);
  return acceptedPin(context, card.id, stake.id);
}
