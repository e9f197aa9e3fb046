import { setTimeout as pause } from 'node:timers/promises';
import type { KeypadQuestion, KeyPresses, SimulatedCard } from '@sigill/core/sim';

/** Who stands at a simulated reader's keypad. */
export type KeypadPerson = (
  question: KeypadQuestion,
  card: SimulatedCard | undefined,
  signal: AbortSignal,
) => Promise<KeyPresses>;

/** Milliseconds until the keys are pressed, so that one sees what the person is told meanwhile. */
const thinking = 1_500;

/** A simulated reader as it is asked for: `CARD@keypad` has a keypad at which the card's present codes are typed, `@keypad-wrong` wrong ones; at `@keypad-cancel` the person presses cancel, at `@keypad-timeout` nothing. */
export function keypadIn(spec: string): { readonly card: string; readonly person?: KeypadPerson } {
  const [, card, how] = /^(.*)@keypad(|-wrong|-cancel|-timeout)$/.exec(spec) ?? [];
  if (card === undefined || how === undefined) return { card: spec };
  const press = people.get(how);
  if (press === undefined) return { card: spec };
  return {
    card,
    person: async (question, chip, signal) => {
      await pause(thinking, undefined, { signal }).catch(() => undefined);
      return signal.aborted ? 'cancel' : press(question, chip);
    },
  };
}

type Press = (question: KeypadQuestion, card: SimulatedCard | undefined) => KeyPresses;

const people = new Map<string, Press>([
  ['', (question, card) => typed(question, codeOf(question, card))],
  ['-wrong', (question) => typed(question, '0'.repeat(question.maxLength))],
  ['-cancel', () => 'cancel'],
  ['-timeout', () => 'timeout'],
]);

function typed({ values, header, minLength }: KeypadQuestion, current: string): KeyPresses {
  if (values === 1) return [current];
  const [one, other] = ['963147', '258025'].map((digits) => digits.slice(0, Math.max(4, minLength)));
  const fresh = (current === one ? other : one) ?? '';
  return header.startsWith('002c02') ? [fresh, fresh] : [current, fresh, fresh];
}

/** What the chip holds: of the PUK for an unlocking, else of the code that is asked for. */
function codeOf({ header }: KeypadQuestion, card: SimulatedCard | undefined): string {
  const reference = header.startsWith('002c') ? 0x83 : Number.parseInt(header.slice(6), 16);
  return card?.pins.get(reference)?.digits ?? '';
}
