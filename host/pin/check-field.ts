import type { FailureData } from '@sigill/core';
import type { SecretField } from './prompt.js';
import type { Secret } from './secret.js';

/** What the fields of one form must obey beyond length and digits. */
export interface FieldRules {
  readonly fields: readonly SecretField[];
  /** The field whose value a new one replaces, so that the two may not be equal (some cards answer 6985 to that). */
  readonly replaced?: string;
  /** True for a value that the card has already called wrong. */
  knownWrong(field: SecretField, secret: Secret): boolean;
}

/** Checks one field against its own rules and what was typed before it, without a card; `undefined` when it is in order. */
export function checkField(
  rules: FieldRules,
  name: string,
  typed: ReadonlyMap<string, Secret>,
): FailureData | undefined {
  const field = rules.fields.find((each) => each.name === name);
  const secret = typed.get(name);
  if (field === undefined || secret === undefined || secret.wiped) return failure('secret-missing', name);
  const { minLength: min, maxLength: max } = field;
  if (secret.length < min || secret.length > max) {
    return { code: 'secret-length', facts: { field: name, min, max } };
  }
  if (!secret.allDigits) return failure('secret-not-digits', name);
  switch (field.kind) {
    case 'again': {
      const first = typed.get(`new:${field.pin}`);
      return first !== undefined && secret.equals(first) ? undefined : failure('secret-differs', name);
    }
    case 'new': {
      const old = rules.replaced === undefined ? undefined : typed.get(rules.replaced);
      return old !== undefined && secret.equals(old) ? failure('secret-same', name) : undefined;
    }
    default:
      return rules.knownWrong(field, secret) ? { code: 'guard-known-wrong', facts: { pin: field.pin } } : undefined;
  }
}

function failure(
  code: 'secret-missing' | 'secret-not-digits' | 'secret-differs' | 'secret-same',
  field: string,
): FailureData {
  return { code, facts: { field } };
}
