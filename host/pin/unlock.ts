import type { PinOutcome, PinRequest } from '@sigill/core';
import { type CardProfile, type Plan, planUnblock } from '@sigill/core/card';
import { ask } from './ask.js';
import type { PinContext } from './context.js';
import { pinOfCard, pukOfCard, usable } from './current-card.js';
import { newFields, pukField } from './fields.js';
import { present } from './present.js';
import { profilePin } from './profile-pin.js';
import { acceptedPin, withCard } from './with-card.js';

/** Asks for the PUK and for a new value twice, and opens the PIN with it. The tries at stake are the PUK's. */
export async function unlock(context: PinContext, request: PinRequest): Promise<PinOutcome> {
  const card = context.cards.card(request.card);
  const target = pinOfCard(card, request.pin);
  const stake = await usable(context, card.id, await pukOfCard(context, card), ['ok', 'not-set']);
  const fields = [pukField(stake), ...newFields(target)];
  const plan = (profile: CardProfile): Plan => planUnblock(profile, profilePin(profile, target.id));
  await ask(context, { operation: 'unlock', card, fields, stake, plan }, ({ secrets, agreed, keypad }) =>
    withCard(context, card.id, async (session) => {
      const pin = profilePin(session.profile, target.id);
      await present(context, session, {
        stake: profilePin(session.profile, 'PUK'),
        target: pin.id,
        judged: 'puk',
        secrets: { puk: secrets.get('puk'), new: secrets.get(`new:${pin.id}`) },
        keypad,
        plan: plan(session.profile),
        shown: stake.triesLeft,
        agreed,
        expected: 'any',
      });
    }),
  );
  context.knownWrong.forget(card, target.id);
  context.knownWrong.forget(card, 'PUK');
  return acceptedPin(context, card.id, target.id);
}
