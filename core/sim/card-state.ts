import type { ChipPin, PinState } from './chip-image.js';

/** The states that a simulated card can be made in. */
export const cardStates = [
  /** Never activated; PINs have no value; the code in the letter is the PUK (FINEID schemes A and C). */
  'new-a',
  /** Never activated; both PINs hold one single-use value (FINEID scheme B). */
  'new-b',
  /** Activation was broken off: PIN1 is set, PIN2 is not. */
  'half',
  'normal',
  'pin1-locked',
  /** PIN1 locked and one try left of the PUK. */
  'puk-last-try',
  /** PIN1 locked and the PUK as well: nothing can be done. */
  'puk-locked',
  /** As normal, with certificates that have ended. */
  'expired',
] as const;

export type CardState = (typeof cardStates)[number];

/** The PINs of one kind of card, and what they hold in state `normal`. */
export interface CardPins {
  readonly pin1: ChipPin;
  readonly pin2: ChipPin;
  readonly puk: ChipPin;
  readonly values: { readonly pin1: string; readonly pin2: string; readonly puk: string };
}

/** The single-use value of both PINs in state `new-b`. */
const singleUse = '1234567';

/** What the PINs of a card hold in `state`, by reference. */
export function pinStates({ pin1, pin2, puk, values }: CardPins, state: CardState): Map<number, PinState> {
  const full = (pin: ChipPin, digits: string, changed = true): PinState => {
    return { digits, triesLeft: pin.triesMax, set: true, changed };
  };
  const unset = (pin: ChipPin): PinState => ({ digits: '', triesLeft: pin.triesMax, set: false, changed: false });
  const locked = (made: PinState): PinState => ({ ...made, triesLeft: 0 });
  const code = full(puk, values.puk, false);
  const normal = [full(pin1, values.pin1), full(pin2, values.pin2), code] as const;
  const made: Record<CardState, readonly [PinState, PinState, PinState]> = {
    'new-a': [unset(pin1), unset(pin2), code],
    'new-b': [full(pin1, singleUse, false), full(pin2, singleUse, false), code],
    half: [normal[0], unset(pin2), code],
    normal,
    'pin1-locked': [locked(normal[0]), normal[1], code],
    'puk-last-try': [locked(normal[0]), normal[1], { ...code, triesLeft: 1 }],
    'puk-locked': [locked(normal[0]), normal[1], locked(code)],
    expired: normal,
  };
  const [first, second, third] = made[state];
  return new Map([
    [pin1.reference, first],
    [pin2.reference, second],
    [puk.reference, third],
  ]);
}

/** From when until when certificates of a card in `state` hold; FINEID changed its activation on 2026-01-13 (cards.md §1.10). */
export function validity(state: CardState): { readonly notBefore: string; readonly notAfter: string } {
  if (state === 'expired') return { notBefore: '2019-03-01T00:00:00Z', notAfter: '2024-02-28T23:59:59Z' };
  const notBefore = state === 'new-b' ? '2026-02-02T00:00:00Z' : '2024-03-01T00:00:00Z';
  return { notBefore, notAfter: '2049-12-31T23:59:59Z' };
}
