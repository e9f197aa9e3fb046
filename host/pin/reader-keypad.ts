import { Failure } from '@sigill/core';
import type { KeypadFeature } from './keypad-features.js';

/**
 * A reader with a keypad of its own: digits go from its keys to the card, and this computer never has them. It stands in place
 * of a prompt and of the sending; the guard comes before it as before any presentation.
 */
export interface ReaderKeypad {
  readonly features: ReadonlyMap<KeypadFeature, number>;
  /** Sends a block of `keypad-blocks.ts` to `feature` and gives the status word: the card's, or the reader's own. */
  present(feature: 'verify-direct' | 'modify-direct', block: Uint8Array): Promise<number>;
}

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
