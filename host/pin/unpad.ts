import { createHash } from 'node:crypto';
import { digestLength, type HashName, mgf1 } from './mask.js';

/** How a cryptogram is padded (RFC 8017 §7). */
export type DecryptScheme =
  | { readonly kind: 'pkcs1' }
  | { readonly kind: 'oaep'; readonly hash: HashName; readonly mgf: HashName; readonly label: Uint8Array };

/** The message in a whole block that a card deciphered without looking at its padding; undefined, without a word on what was wrong with it. */
export function unpad(scheme: DecryptScheme, block: Uint8Array): Uint8Array | undefined {
  return scheme.kind === 'pkcs1' ? unpadPkcs1(block) : unpadOaep(scheme, block);
}

// RFC 8017 §7.2.2.
function unpadPkcs1(block: Uint8Array): Uint8Array | undefined {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.slice(end + 1) : undefined;
}

// RFC 8017 §7.1.2.
function unpadOaep(
  { hash, mgf, label }: Extract<DecryptScheme, { kind: 'oaep' }>,
  block: Uint8Array,
): Uint8Array | undefined {
  const size = digestLength[hash];
  if (block.length < 2 * size + 2) return undefined;
  const masked = block.subarray(1 + size);
  const mask = mgf1(mgf, masked, size);
  const seed = block.subarray(1, 1 + size).map((byte, at) => byte ^ (mask[at] ?? 0));
  const dataMask = mgf1(mgf, seed, masked.length);
  const data = masked.map((byte, at) => byte ^ (dataMask[at] ?? 0));
  const one = data.findIndex((byte, at) => at >= size && byte !== 0);
  const expected = createHash(hash).update(label).digest();
  const whole = block[0] === 0 && expected.every((byte, at) => byte === data[at]) && data[one] === 1;
  return whole ? data.slice(one + 1) : undefined;
}
