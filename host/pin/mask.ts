import { createHash } from 'node:crypto';

/** A hash by Node's name. */
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** Bytes of a digest. */
export const digestLength: Readonly<Record<HashName, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** MGF1 (RFC 8017 §B.2.1). */
export function mgf1(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (let at = 0, counter = 0; at < length; at += digestLength[hash], counter += 1) {
    const part = createHash(hash)
      .update(seed)
      .update(Uint8Array.of(0, 0, counter >> 8, counter))
      .digest();
    mask.set(part.subarray(0, length - at), at);
  }
  return mask;
}
