import { Failure } from '../failure.js';
import type { Activation } from '../api/cards.js';
import { type Plan, type PlannedCommand, type SecretName, secretPart } from './plan.js';
import type { CardProfile, ProfilePin } from './profile.js';

/** VERIFY with the present value (`current`). The application is selected. */
export function planVerify(_profile: CardProfile, pin: ProfilePin): Plan {
  return [present('verify', pin, 'current')];
}

/** CHANGE REFERENCE DATA from `current` to `new`. */
export function planChange(_profile: CardProfile, pin: ProfilePin): Plan {
  return [change(pin, 'current')];
}

/** RESET RETRY COUNTER with `puk` to `new`: one command, or two when the card wants the PUK verified first (step `verify-puk`). Fails with `puk-absent`. */
export function planUnblock(profile: CardProfile, pin: ProfilePin): Plan {
  return reset(profile, pin, 'puk');
}

/**
 * Sets one PIN of a new card from `code` to `new` (cards.md §1.10). Scheme A and C use the code as PUK, B as the old value.
 * Under C the code is presented by the step `verify-puk`, which may be left out once it was accepted in the same transaction.
 */
export function planActivate(profile: CardProfile, scheme: Activation['scheme'], pin: ProfilePin): Plan {
  return scheme === 'B' ? [change(pin, 'code')] : reset(profile, pin, 'code');
}

function present(step: string, pin: ProfilePin, secret: SecretName): PlannedCommand {
  return { step, cla: 0x00, ins: 0x20, p1: 0x00, p2: pin.reference, body: [secretPart(secret, pin)] };
}

function change(pin: ProfilePin, old: SecretName): PlannedCommand {
  const body = [secretPart(old, pin), secretPart('new', pin)];
  return { step: 'change', cla: 0x00, ins: 0x24, p1: 0x00, p2: pin.reference, body };
}

function reset(profile: CardProfile, pin: ProfilePin, secret: SecretName): Plan {
  const { puk } = profile;
  if (!puk || profile.unblock === 'none') throw new Failure('puk-absent', {});
  const command = { step: 'unblock', cla: 0x00, ins: 0x2c, p2: pin.reference };
  if (profile.unblock === 'puk-and-new') {
    return [{ ...command, p1: 0x00, body: [secretPart(secret, puk), secretPart('new', pin)] }];
  }
  // P1=02: the new value alone, the PUK having been verified (ISO 7816-4 §11.6.10).
  return [present('verify-puk', puk, secret), { ...command, p1: 0x02, body: [secretPart('new', pin)] }];
}
