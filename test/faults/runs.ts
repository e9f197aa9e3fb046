import type { PinId, Pins } from '@sigill/core';
import type { CardName, CardState } from '@sigill/core/sim';

/** One thing that a person asks for, and what the person types. */
export interface Run {
  readonly card: CardName;
  readonly state: CardState;
  readonly operation: 'verify' | 'change' | 'unlock' | 'activate';
  /** Whether the secret that the card judges is right. */
  readonly right: boolean;
  readonly typed: readonly string[];
  /** The PIN that it is about. */
  readonly pin: PinId;
  /** What each PIN holds when all is done. */
  readonly values: Readonly<Partial<Record<PinId, string>>>;
}

/** The values of PIN1, PIN2 and the PUK in state `normal`, wrong ones and new ones of the same length. */
const digits: Readonly<Record<CardName, readonly [string, string, string, string, string]>> = {
  'fineid-v4': ['1234', '123456', '12345678', '4711', '471147'],
  'fineid-v3': ['1234', '123456', '12345678', '4711', '471147'],
  'fineid-org': ['1234', '123456', '12345678', '4711', '471147'],
  myeid: ['1234', '123456', '12345678', '4711', '471147'],
  'siths-like': ['123456', '654321', '12345678', '471147', '471148'],
};

const wrongOf = (value: string): string => value.replaceAll(/./g, '9');

/** Verify, change and unlock on one card, with right and wrong secrets. */
function everyday(card: CardName): readonly Run[] {
  const [pin1, pin2, puk, new1, new2] = digits[card];
  return [true, false].flatMap((right): readonly Run[] => {
    const say = (value: string): string => (right ? value : wrongOf(value));
    const common = { card, right, state: 'normal' } as const;
    const locked = { ...common, state: 'pin1-locked' } as const;
    return [
      { ...common, operation: 'verify', pin: 'PIN1', typed: [say(pin1)], values: { PIN1: pin1 } },
      { ...common, operation: 'verify', pin: 'PIN2', typed: [say(pin2)], values: { PIN2: pin2 } },
      { ...common, operation: 'change', pin: 'PIN2', typed: [say(pin2), new2, new2], values: { PIN2: new2 } },
      { ...locked, operation: 'unlock', pin: 'PIN1', typed: [say(puk), new1, new1], values: { PIN1: new1 } },
    ];
  });
}

/** Activation of a new card, and of one on which it was broken off. */
function activation(card: CardName, state: CardState): readonly Run[] {
  const [, , puk, new1, new2] = digits[card];
  const code = state === 'new-b' ? '1234567' : puk;
  return [true, false].map((right): Run => {
    const first = state === 'half' ? [] : [new1, new1];
    const typed = [right ? code : wrongOf(code), ...first, new2, new2];
    const values = { PIN2: new2, ...(state === 'half' ? {} : { PIN1: new1 }) };
    return { card, state, right, operation: 'activate', pin: state === 'half' ? 'PIN2' : 'PIN1', typed, values };
  });
}

/** Everything that spends tries, on every kind of card: scheme A, B and C; new and half activated. */
export const runs: readonly Run[] = [
  ...(['fineid-v4', 'fineid-org', 'myeid', 'siths-like'] as const).flatMap(everyday),
  ...(['new-a', 'new-b', 'half'] as const).flatMap((state) => activation('fineid-v4', state)),
  ...(['new-a', 'half'] as const).flatMap((state) => activation('fineid-org', state)),
];

export const nameOf = ({ operation, card, state, pin, right }: Run): string =>
  `${operation} ${operation === 'activate' ? '' : `${pin} `}on ${card}:${state} with a ${right ? 'right' : 'wrong'} secret`;

/** Starts the run. */
export function start(pins: Pins, card: string, { operation, pin }: Run): Promise<unknown> {
  return operation === 'activate' ? pins.activate({ card }) : pins[operation]({ card, pin });
}
