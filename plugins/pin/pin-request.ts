import { type CardId, type CommandArguments, Failure, type PinId, type PinRequest } from '@sigill/core';

const pins = ['PIN1', 'PIN2', 'PIN3', 'PIN4', 'PUK'] as const satisfies readonly PinId[];

/** The arguments `{ card, pin }` of a PIN command. Fails with `pin-unknown`, `no-card`. */
export function pinRequest({ card, pin }: CommandArguments): PinRequest {
  if (typeof card !== 'string') throw new Failure('no-card', {});
  const known = pins.find((id) => id === pin);
  // What stands in the id's place may be a PIN that somebody typed there: it is not repeated.
  if (known === undefined) throw new Failure('pin-unknown', { pin: '?', pins });
  return { card: card as CardId, pin: known };
}
