import { namedCurves } from '../named-curves.js';
import { type Ber, firstOf, partsOf } from './ber.js';
import { oids } from './oids.js';
import { bitsOf, oidOf } from './values.js';

/** A public key (RFC 5280 §4.1.2.7). */
export type PublicKeyInfo = {
  readonly spki: Uint8Array;
  /** The BIT STRING's bytes: what OCSP hashes. */
  readonly bits: Uint8Array;
} & (
  | { readonly kind: 'rsa'; readonly size: number; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  | { readonly kind: 'ec'; readonly size: number; readonly curve: string }
  | { readonly kind: 'other'; readonly algorithm: string }
);

/** Reads a SubjectPublicKeyInfo. Fails with `Malformed`. */
export function readPublicKey(info: Ber): PublicKeyInfo {
  const outer = partsOf(info);
  const algorithm = partsOf(outer.next(0x30));
  const kind = oidOf(algorithm.next());
  const bits = bitsOf(outer.next());
  const common = { spki: info.raw, bits };
  if (kind === oids.rsa || kind === oids.rsaPss) {
    const key = partsOf(firstOf(bits));
    const modulus = unsigned(key.next(0x02).value);
    return { ...common, kind: 'rsa', size: sizeOf(modulus), modulus, exponent: unsigned(key.next(0x02).value) };
  }
  const named = kind === oids.ec ? algorithm.maybe(0x06) : undefined;
  const curve = named && namedCurves[oidOf(named)];
  return curve
    ? { ...common, kind: 'ec', size: curve.size, curve: curve.name }
    : { ...common, kind: 'other', algorithm: kind };
}

function unsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array() : bytes.subarray(start);
}

function sizeOf(modulus: Uint8Array): number {
  return modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
}
