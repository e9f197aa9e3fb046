import { digestOf, type SignatureScheme } from './algorithm.js';
import { firstOf, orUndefined, partsOf } from './ber.js';
import { joined } from './bytes.js';
import type { PublicKeyInfo } from './public-key.js';
import { isPkcs1, isPss, opened } from './rsa.js';

/** `unknown`: a curve, a digest or a scheme that cannot be checked here. */
export type SignatureCheck = 'valid' | 'invalid' | 'unknown';

/** What was signed: the bytes themselves, or only their digest when they are not at hand. */
export type Signed = { readonly data: Uint8Array } | { readonly digest: Uint8Array };

/** Checks a signature value against a public key. RSA from both kinds of `signed`, ECDSA on the NIST curves from data. */
export async function checkSignature(
  key: PublicKeyInfo,
  scheme: SignatureScheme | undefined,
  value: Uint8Array,
  signed: Signed,
): Promise<SignatureCheck> {
  if (!scheme || key.kind === 'other') return 'unknown';
  if (scheme.kind === 'ecdsa') return key.kind === 'ec' ? await checkEc(key, scheme.digest, value, signed) : 'invalid';
  if (key.kind !== 'rsa') return 'invalid';
  const hash = 'data' in signed ? digestOf(scheme.digest, signed.data) : signed.digest;
  const message = opened(key, value);
  if (!message) return 'invalid';
  const fits = scheme.kind === 'pkcs1' ? isPkcs1(message, scheme.digest, hash) : isPss(message, key.size, scheme, hash);
  return fits ? 'valid' : 'invalid';
}

async function checkEc(
  key: Extract<PublicKeyInfo, { kind: 'ec' }>,
  hash: string,
  value: Uint8Array,
  signed: Signed,
): Promise<SignatureCheck> {
  if (!key.curve.startsWith('P-') || !/^SHA-(1|256|384|512)$/.test(hash) || !('data' in signed)) return 'unknown';
  const raw = orUndefined(() => rawSignature(value, Math.ceil(key.size / 8)));
  if (!raw) return 'invalid';
  const { subtle } = crypto;
  let imported;
  try {
    imported = await subtle.importKey('spki', key.spki, { name: 'ECDSA', namedCurve: key.curve }, false, ['verify']);
  } catch {
    // A point that is not on the curve, or written in a way that WebCrypto does not read.
    return 'unknown';
  }
  return (await subtle.verify({ name: 'ECDSA', hash }, imported, raw, signed.data)) ? 'valid' : 'invalid';
}

// SEQUENCE of r and s (RFC 3279 §2.2.3) → r‖s, as WebCrypto wants it.
function rawSignature(value: Uint8Array, length: number): Uint8Array | undefined {
  const parts = partsOf(firstOf(value));
  const numbers = [parts.next(0x02), parts.next(0x02)].map((part) => {
    const start = part.value.findIndex((byte) => byte !== 0);
    return start < 0 ? new Uint8Array() : part.value.subarray(start);
  });
  if (numbers.some((number) => number.length > length)) return undefined;
  return joined(numbers.flatMap((number) => [new Uint8Array(length - number.length), number]));
}
