import { CKM, CKR } from './constants.js';
import { hashOf, hashOfMask } from './hashes.js';
import type { Mechanism } from './mechanism.js';
import { digestLength, type HashName } from '../pin/mask.js';
import type { PssParameters } from './pss.js';
import { Refusal } from './refusal.js';

/** What a signing mechanism does: with `hash`, the program gives data; without, what is to be signed. */
export type SignatureScheme =
  | { readonly kind: 'pkcs1'; readonly hash?: HashName }
  | { readonly kind: 'pss'; readonly hash?: HashName; readonly pss: PssParameters }
  | { readonly kind: 'ecdsa'; readonly hash?: HashName };

const hashes: Readonly<Record<'pkcs1' | 'pss' | 'ecdsa', ReadonlyMap<number, HashName | undefined>>> = {
  pkcs1: new Map([
    [CKM.RSA_PKCS, undefined],
    [CKM.SHA1_RSA_PKCS, 'sha1'],
    [CKM.SHA224_RSA_PKCS, 'sha224'],
    [CKM.SHA256_RSA_PKCS, 'sha256'],
    [CKM.SHA384_RSA_PKCS, 'sha384'],
    [CKM.SHA512_RSA_PKCS, 'sha512'],
  ]),
  pss: new Map([
    [CKM.RSA_PKCS_PSS, undefined],
    [CKM.SHA1_RSA_PKCS_PSS, 'sha1'],
    [CKM.SHA224_RSA_PKCS_PSS, 'sha224'],
    [CKM.SHA256_RSA_PKCS_PSS, 'sha256'],
    [CKM.SHA384_RSA_PKCS_PSS, 'sha384'],
    [CKM.SHA512_RSA_PKCS_PSS, 'sha512'],
  ]),
  ecdsa: new Map([
    [CKM.ECDSA, undefined],
    [CKM.ECDSA_SHA1, 'sha1'],
    [CKM.ECDSA_SHA224, 'sha224'],
    [CKM.ECDSA_SHA256, 'sha256'],
    [CKM.ECDSA_SHA384, 'sha384'],
    [CKM.ECDSA_SHA512, 'sha512'],
  ]),
};

/** Signing mechanisms of a kind, by CKM_… number. */
export const signingMechanisms = (kind: SignatureScheme['kind']): readonly number[] => [...hashes[kind].keys()];

/** The scheme of a mechanism. Fails with CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID. */
export function signatureScheme({ type, pss }: Mechanism): SignatureScheme {
  for (const kind of ['pkcs1', 'pss', 'ecdsa'] as const) {
    if (!hashes[kind].has(type)) continue;
    const hash = hashes[kind].get(type);
    const named = hash === undefined ? {} : { hash };
    return kind === 'pss' ? { kind, ...named, pss: parameters(pss, hash) } : { kind, ...named };
  }
  throw new Refusal(CKR.MECHANISM_INVALID);
}

function parameters(given: Mechanism['pss'], named: HashName | undefined): PssParameters {
  const hash = given && hashOf(given.hash);
  const mgf = given && hashOfMask(given.mgf);
  const right = hash !== undefined && mgf !== undefined && (named === undefined || named === hash);
  if (!given || !right || given.saltLength < 0 || given.saltLength > 512)
    throw new Refusal(CKR.MECHANISM_PARAM_INVALID);
  return { hash, mgf, saltLength: given.saltLength };
}

/** Bytes that a program may give where it makes the digest itself; undefined where any number will do. */
export function expectedLength(scheme: SignatureScheme): number | undefined {
  return scheme.kind === 'pss' ? digestLength[scheme.pss.hash] : undefined;
}
