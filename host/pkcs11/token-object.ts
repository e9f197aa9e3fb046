import type { KeyObject } from 'node:crypto';
import type { ProfileKey } from '@sigill/core/card';
import type { AttributeValue } from './attribute.js';
import type { KeyMaterial } from './certificate-parts.js';
import { CKA, CKO } from './constants.js';

/** An object as programs see it. */
export interface TokenObject {
  readonly class: number;
  /** Shown only to a program that is logged in. */
  readonly private: boolean;
  readonly attributes: ReadonlyMap<number, AttributeValue>;
  /** For keys. */
  readonly material?: KeyMaterial;
  readonly publicKey?: KeyObject;
  /** For private keys: the key on the card. */
  readonly key?: ProfileKey;
}

const secrets: ReadonlySet<number> = new Set<number>([
  CKA.VALUE, CKA.PRIVATE_EXPONENT, CKA.PRIME_1, CKA.PRIME_2, CKA.EXPONENT_1, CKA.EXPONENT_2, CKA.COEFFICIENT,
]); // prettier-ignore

/** True for what exists and is told to nobody. */
export function isSensitive(object: TokenObject, type: number): boolean {
  return object.class === CKO.PRIVATE_KEY && secrets.has(type);
}
