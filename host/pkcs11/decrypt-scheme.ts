import type { DecipherAlgorithm } from '@sigill/core/card';
import type { HashName } from '../pin/mask.js';
import { type DecryptScheme, unpad } from '../pin/unpad.js';
import { CKM, CKR } from './constants.js';
import { hashOf, hashOfMask } from './hashes.js';
import type { Mechanism } from './mechanism.js';
import { Refusal } from './refusal.js';

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
export function unpadded(scheme: DecryptScheme, block: Uint8Array): Uint8Array {
  const plain = unpad(scheme, block);
  if (plain === undefined) throw new Refusal(CKR.ENCRYPTED_DATA_INVALID);
  return plain;
}
