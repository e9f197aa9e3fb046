import type { Pin } from '@sigill/core';
import { type CardProfile, type Plan, planVerify } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import type { Answered } from './ask.js';
import type { PinContext } from './context.js';
import { present } from './present.js';
import { profilePin } from './profile-pin.js';

/** Presents the value that a PIN has, once, as the person has agreed to when `stake` was shown. Fails as `present` does. */
export async function presentCurrent(
  context: PinContext,
  session: CardSession,
  stake: Pick<Pin, 'id' | 'triesLeft'>,
  { secrets, agreed, keypad }: Pick<Answered, 'secrets' | 'agreed' | 'keypad'>,
): Promise<void> {
  const pin = profilePin(session.profile, stake.id);
  await present(context, session, {
    stake: pin,
    target: pin.id,
    judged: 'current',
    secrets: { current: secrets.get('current') },
    keypad,
    plan: verifying(stake)(session.profile),
    shown: stake.triesLeft,
    agreed,
    expected: 'ok',
  });
}

/** What presents a PIN, also on a reader's own keypad. */
export function verifying({ id }: Pick<Pin, 'id'>): (profile: CardProfile) => Plan {
  return (profile) => planVerify(profile, profilePin(profile, id));
}
