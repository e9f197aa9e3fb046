import type { DecipherAlgorithm } from '@sigill/core/card';
import { createHash } from 'node:crypto';
import { CKM, CKR } from './constants.js';
import { hashOf, hashOfMask } from './hashes.js';
import type { Mechanism } from './mechanism.js';
import { digestLength, type HashName, mgf1 } from './pss.js';
import { Refusal } from './refusal.js';

/** How a cryptogram is padded. */
export type DecryptScheme =
  | { readonly kind: 'pkcs1' }
  | { readonly kind: 'oaep'; readonly hash: HashName; readonly mgf: HashName; readonly label: Uint8Array };

/** Fails with CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID. */
export function decryptScheme({ type, oaep }: Mechanism): DecryptScheme {
  if (type === CKM.RSA_PKCS) return { kind: 'pkcs1' };
  if (type !== CKM.RSA_PKCS_OAEP) throw new Refusal(CKR.MECHANISM_INVALID);
  const hash = oaep && hashOf(oaep.hash);
  const mgf = oaep && hashOfMask(oaep.mgf);
  if (!oaep || !hash || !mgf) throw new Refusal(CKR.MECHANISM_PARAM_INVALID);
  return { kind: 'oaep', hash, mgf, label: oaep.label };
}

/** The card's own algorithm for a scheme; undefined where the padding can only be taken off here. */
export function cardAlgorithm(scheme: DecryptScheme): DecipherAlgorithm | undefined {
  if (scheme.kind === 'pkcs1') return 'RSA-PKCS1';
  const plain = scheme.hash === scheme.mgf && scheme.label.length === 0;
  return plain ? `RSA-OAEP-${scheme.hash.toUpperCase() as Uppercase<HashName>}` : undefined;
}

/** The message in a whole block. Fails with CKR_ENCRYPTED_DATA_INVALID, without a word on what was wrong with it. */
export function unpad(scheme: DecryptScheme, block: Uint8Array): Uint8Array {
  const plain = scheme.kind === 'pkcs1' ? unpadPkcs1(block) : unpadOaep(scheme, block);
  if (plain === undefined) throw new Refusal(CKR.ENCRYPTED_DATA_INVALID);
  return plain;
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
