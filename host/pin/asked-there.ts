import type { FailureData } from '@sigill/core';
import type { HostWords } from './distant-words.js';
import type { PasswordForm } from './password-form.js';
import type { PinForm } from './prompt.js';
import type { Secret } from './secret.js';

/** A question as it goes to a prompt in another process. */
export interface AskedThere {
  /** Asks it; `key` is the host's for this question. */
  words(question: number, key: string): HostWords;
  /** Names of the values that may come, in their order; none when the digits are typed on the reader. */
  readonly fields: readonly string[];
  /** Whether the value of a field is in order, among those that have come. */
  check(field: string, typed: ReadonlyMap<string, Secret>): FailureData | undefined;
}

/** A form of codes. */
export function codesThere(form: PinForm, onReader: boolean): AskedThere {
  const { check: _check, ...shown } = form;
  return {
    words: (question, key) => ({ question, kind: 'ask', form: shown, key, onReader }),
    fields: onReader ? [] : form.fields.map(({ name }) => name),
    check: (field, typed) => form.check(field, typed),
  };
}

/** The one field of a question for a password. */
export const passwordField = 'password';

/** The password of a program's database. */
export function passwordThere(form: PasswordForm): AskedThere {
  return {
    words: (question, key) => ({ question, kind: 'ask-password', form, key }),
    fields: [passwordField],
    check: () => undefined,
  };
}
