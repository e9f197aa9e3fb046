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

const curves: Readonly<Record<string, { readonly size: number; readonly curve: string }>> = {
  '1.2.840.10045.3.1.7': { size: 256, curve: 'P-256' },
  '1.3.132.0.34': { size: 384, curve: 'P-384' },
  '1.3.132.0.35': { size: 521, curve: 'P-521' },
  '1.3.36.3.3.2.8.1.1.7': { size: 256, curve: 'brainpoolP256r1' },
  '1.3.36.3.3.2.8.1.1.11': { size: 384, curve: 'brainpoolP384r1' },
  '1.3.36.3.3.2.8.1.1.13': { size: 512, curve: 'brainpoolP512r1' },
};

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
  const curve = named && curves[oidOf(named)];
  return curve ? { ...common, kind: 'ec', ...curve } : { ...common, kind: 'other', algorithm: kind };
}

function unsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array() : bytes.subarray(start);
}

function sizeOf(modulus: Uint8Array): number {
  return modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
}
