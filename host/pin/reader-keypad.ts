import { Failure } from '@sigill/core';

/**
 * The failure that the reader itself answers with (cards.md §1.6): nothing reached the card. `undefined` for a card's status word.
 * `field` is the secret that was asked for.
 */
export function keypadFailure(
  status: number,
  field: { readonly name: string; readonly minLength: number; readonly maxLength: number },
): Failure | undefined {
  switch (status) {
    case 0x6400:
    case 0x6401:
      return new Failure('cancelled', {});
    case 0x6402:
      return new Failure('secret-differs', { field: field.name });
    case 0x6403:
      return new Failure('secret-length', { field: field.name, min: field.minLength, max: field.maxLength });
    case 0x6404:
    case 0x6b80:
      return new Failure('card-refused', { step: 'keypad', status: status.toString(16).padStart(4, '0') });
    default:
      return undefined;
  }
}
