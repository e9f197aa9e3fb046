import type { Card } from '@sigill/core';
import { checkField } from '../../host/pin/check-field.js';
import type { PinForm, SecretField } from '../../host/pin/prompt.js';
import type { Secret } from '../../host/pin/secret.js';

/** What a test says of a form for PIN1; the rest is calm. */
export interface FormFacts {
  readonly operation?: PinForm['operation'];
  readonly fields?: readonly SecretField['kind'][];
  readonly lastTries?: boolean;
  readonly triesLeft?: number;
  /** Gets every secret that was checked, to see that it was wiped. */
  readonly kept?: Secret[];
}

/** A form as the broker makes it, for tests of prompts. */
export function formOf({
  operation = 'verify',
  fields = ['current'],
  lastTries = false,
  triesLeft,
  kept = [],
}: FormFacts): PinForm {
  const all = fields.map((kind): SecretField => {
    const name = kind === 'new' || kind === 'again' ? `${kind}:PIN1` : kind;
    const label = { en: 'basic code', sv: 'baskod', fi: 'perustunnusluku' };
    return { name, kind, pin: 'PIN1', role: 'basic', label, minLength: 4, maxLength: 8 };
  });
  const card = { label: 'Card', reader: 'Reader 1' } as Card;
  const rules = { fields: all, knownWrong: () => false };
  return {
    operation,
    requester: 'test',
    card,
    fields: all,
    atStake: { pin: 'PIN1', ...(triesLeft === undefined ? {} : { triesLeft }) },
    lastTries,
    check: (name, typed) => {
      kept.push(...typed.values());
      return checkField(rules, name, typed);
    },
  };
}
