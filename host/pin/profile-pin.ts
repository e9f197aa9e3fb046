import { Failure, type PinId } from '@sigill/core';
import type { CardProfile, ProfilePin } from '@sigill/core/card';

/** The profile's facts about a PIN or the PUK. Fails with `pin-unknown`, `puk-absent`. */
export function profilePin(profile: CardProfile, pin: PinId): ProfilePin {
  if (pin === 'PUK') {
    if (profile.puk === undefined) throw new Failure('puk-absent', {});
    return profile.puk;
  }
  const found = profile.pins.find(({ id }) => id === pin);
  if (found === undefined) throw new Failure('pin-unknown', { pin, pins: profile.pins.map(({ id }) => id) });
  return found;
}
