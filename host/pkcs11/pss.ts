import { createHash, randomBytes } from 'node:crypto';
import { type HashName, mgf1 } from '../pin/mask.js';

export interface PssParameters {
  readonly hash: HashName;
  readonly mgf: HashName;
  readonly saltLength: number;
}

/** EMSA-PSS of a digest for a modulus of `bits` (RFC 8017 §9.1.1); undefined when it does not fit. */
export function encodePss(
  digest: Uint8Array,
  { hash, mgf, saltLength }: PssParameters,
  bits: number,
): Uint8Array | undefined {
  const length = Math.ceil((bits - 1) / 8);
  if (length < digest.length + saltLength + 2) return undefined;
  const salt = randomBytes(saltLength);
  const check = pssHash(hash, digest, salt);
  const block = new Uint8Array(length - digest.length - 1);
  block[block.length - saltLength - 1] = 1;
  block.set(salt, block.length - saltLength);
  const masked = xor(block, mgf1(mgf, check, block.length));
  masked[0] = (masked[0] ?? 0) & topMask(bits);
  // In as many bytes as the modulus has.
  return Uint8Array.of(...new Uint8Array(Math.ceil(bits / 8) - length), ...masked, ...check, 0xbc);
}

/** True when `block` is the EMSA-PSS of the digest (RFC 8017 §9.1.2). */
export function isPss(
  block: Uint8Array,
  digest: Uint8Array,
  { hash, mgf, saltLength }: PssParameters,
  bits: number,
): boolean {
  const length = Math.ceil((bits - 1) / 8);
  const encoded = block.subarray(block.length - length);
  const end = length - digest.length - 1;
  if (end - saltLength < 1 || encoded.at(-1) !== 0xbc) return false;
  const masked = encoded.subarray(0, end);
  const check = encoded.subarray(end, -1);
  const data = xor(masked, mgf1(mgf, check, masked.length));
  data[0] = (data[0] ?? 0) & topMask(bits);
  const salt = data.subarray(end - saltLength);
  const filled = data.subarray(0, end - saltLength).every((byte, at) => byte === (at === end - saltLength - 1 ? 1 : 0));
  return filled && pssHash(hash, digest, salt).every((byte, at) => byte === check[at]);
}

const pssHash = (hash: HashName, digest: Uint8Array, salt: Uint8Array): Uint8Array =>
  createHash(hash).update(new Uint8Array(8)).update(digest).update(salt).digest();

const topMask = (bits: number): number => 0xff >> (8 * Math.ceil((bits - 1) / 8) - (bits - 1));

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return Uint8Array.from(one, (byte, at) => byte ^ (other[at] ?? 0));
}
