import type { FailureData, LocalText } from '@sigill/core';
import { checkField } from '../../host/pin/check-field.js';
import type { PinForm, SecretField } from '../../host/pin/prompt.js';

const basic: LocalText = { en: 'basic code (PIN1)', sv: 'baskod (PIN1)', fi: 'perustunnusluku (PIN1)' };
const signature: LocalText = {
  en: 'signature code (PIN2)',
  sv: 'signaturkod (PIN2)',
  fi: 'allekirjoitustunnusluku (PIN2)',
};

const pin1 = { pin: 'PIN1', role: 'basic', label: basic, minLength: 4, maxLength: 8 } as const;
const pin2 = { pin: 'PIN2', role: 'signature', label: signature, minLength: 6, maxLength: 8 } as const;

/** The fields of each kind of question about a card with two PINs. */
export const fieldsOf: Readonly<Record<'verify' | 'change' | 'activate', readonly SecretField[]>> = {
  verify: [{ name: 'current', kind: 'current', ...pin1 }],
  change: [
    { name: 'current', kind: 'current', ...pin1 },
    { name: 'new:PIN1', kind: 'new', ...pin1 },
    { name: 'again:PIN1', kind: 'again', ...pin1 },
  ],
  activate: [
    { name: 'code', kind: 'code', ...pin1, minLength: 8, maxLength: 8 },
    { name: 'new:PIN1', kind: 'new', ...pin1 },
    { name: 'again:PIN1', kind: 'again', ...pin1 },
    { name: 'new:PIN2', kind: 'new', ...pin2 },
    { name: 'again:PIN2', kind: 'again', ...pin2 },
  ],
};

/** A question as the broker would put it. `knownWrong` digits are refused as the guard would. */
export function formOf(
  operation: keyof typeof fieldsOf,
  { triesLeft = 5, knownWrong }: { readonly triesLeft?: number; readonly knownWrong?: string } = {},
): PinForm {
  const fields = fieldsOf[operation];
  const wrong = knownWrong === undefined ? undefined : new TextEncoder().encode(knownWrong);
  return {
    operation,
    requester: 'Codes of your card',
    card: {
      id: 'card-1',
      reader: 'Fake reader',
      profile: 'fake',
      label: { en: 'Organisation card', sv: 'Organisationskort', fi: 'Organisaatiokortti' },
      holder: 'Anna Virtanen',
      serial: '4600 0123 4567',
      atr: '3b00',
      pins: [],
      certificates: [],
      notes: [],
    },
    fields,
    atStake: { pin: 'PIN1', triesLeft, triesMax: 5 },
    lastTries: triesLeft <= 2,
    check: (name, typed): FailureData | undefined =>
      checkField(
        {
          fields,
          ...(operation === 'change' ? { replaced: 'current' } : {}),
          knownWrong: (_field, secret) =>
            wrong !== undefined && secret.lend((bytes) => Buffer.compare(bytes, wrong) === 0),
        },
        name,
        typed,
      ),
  };
}
