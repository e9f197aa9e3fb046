import type { ReturnValue } from './constants.js';

/** What a PKCS #11 function answers with when it does not do what it was asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** A CKR_… value. */
  readonly value: ReturnValue;

  constructor(value: ReturnValue, why?: string) {
    super(why ?? `PKCS #11 return value ${value}`);
    this.value = value;
  }
}

/** Throws unless `true`. */
export function require(right: boolean, value: ReturnValue): asserts right {
  if (!right) throw new Refusal(value);
}
