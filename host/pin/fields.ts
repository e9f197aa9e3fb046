import type { Activation, Pin } from '@sigill/core';
import type { SecretField } from './prompt.js';

/** The present value of a PIN. */
export function currentField(pin: Pin): SecretField {
  return field('current', 'current', pin);
}

/** The PUK, asked for once. */
export function pukField(puk: Pin): SecretField {
  return field('puk', 'puk', puk);
}

/** The activation code from the letter. `stake` is the PIN or PUK whose tries it uses. */
export function codeField(activation: Activation, stake: Pin): SecretField {
  const { codeMinLength: minLength, codeMaxLength: maxLength } = activation;
  return { ...field('code', 'code', stake), minLength, maxLength };
}

/** The new value of a PIN, twice. */
export function newFields(pin: Pin): readonly SecretField[] {
  return [field(`new:${pin.id}`, 'new', pin), field(`again:${pin.id}`, 'again', pin)];
}

function field(name: string, kind: SecretField['kind'], pin: Pin): SecretField {
  const { role, label, minLength, maxLength } = pin;
  return { name, kind, pin: pin.id, role, label, minLength, maxLength };
}
