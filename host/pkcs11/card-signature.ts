import type { SignatureAlgorithm } from '@sigill/core';
import { type CardProfile, insideOf, type Plan, planSign, planSignPrepared, type ProfileKey } from '@sigill/core/card';
import { signatureFromCard } from '@sigill/core/card';
import type { KeyMaterial } from './certificate-parts.js';
import { CKR } from './constants.js';
import { digestInfo, parseDigestInfo } from './hashes.js';
import { digestLength, type HashName } from '../pin/mask.js';
import { encodePss } from './pss.js';
import { Refusal } from './refusal.js';
import type { SignatureScheme } from './signature-scheme.js';

/** What a card is sent for a signature, and how its answer becomes what PKCS #11 gives. */
export interface CardSignature {
  readonly plan: Plan;
  /** RSA: as long as the modulus. EC: r and s, each as long as the curve's order. */
  finish(answer: Uint8Array): Uint8Array;
}

/**
 * A signature over `input`: the digest where the scheme names a hash, else what the program gave. Where the card cannot do a scheme by
 * itself and takes whole blocks, they are made here. Fails with CKR_DATA_LEN_RANGE, CKR_DATA_INVALID, CKR_MECHANISM_PARAM_INVALID.
 */
export function cardSignature(
  profile: CardProfile,
  key: ProfileKey,
  material: KeyMaterial,
  scheme: SignatureScheme,
  input: Uint8Array,
): CardSignature {
  if (material.kind === 'EC') return ecdsa(profile, key, material.fieldLength, input);
  const plan =
    scheme.kind === 'pss' ? pss(profile, key, material, scheme, input) : pkcs1(profile, key, material, scheme, input);
  return { plan, finish: (answer) => answer };
}

type Rsa = Extract<KeyMaterial, { kind: 'RSA' }>;

function pkcs1(
  profile: CardProfile,
  key: ProfileKey,
  { modulus }: Rsa,
  { hash }: SignatureScheme,
  input: Uint8Array,
): Plan {
  const info = hash === undefined ? input : digestInfo(hash, input);
  if (info.length > modulus.length - 11) throw new Refusal(CKR.DATA_LEN_RANGE);
  const known = parseDigestInfo(info);
  const algorithm = known && offered(profile, 'RSA-PKCS1', known.hash);
  if (known && algorithm) return planSign(profile, key, algorithm, known.digest);
  const padding = new Uint8Array(modulus.length - info.length - 3).fill(0xff);
  const plan =
    planSignPrepared(profile, key, info, 'digest-info') ??
    planSignPrepared(profile, key, Uint8Array.of(0, 1, ...padding, 0, ...info), 'block');
  // A card that makes the DigestInfo itself signs nothing else.
  if (!plan) throw new Refusal(CKR.DATA_INVALID);
  return plan;
}

function pss(
  profile: CardProfile,
  key: ProfileKey,
  { modulus }: Rsa,
  { pss: parameters }: Extract<SignatureScheme, { kind: 'pss' }>,
  digest: Uint8Array,
): Plan {
  const { hash, mgf, saltLength } = parameters;
  if (digest.length !== digestLength[hash]) throw new Refusal(CKR.DATA_LEN_RANGE);
  const usual = mgf === hash && saltLength === digestLength[hash];
  const algorithm = usual ? offered(profile, 'RSA-PSS', hash) : undefined;
  if (algorithm) return planSign(profile, key, algorithm, digest);
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const block = encodePss(digest, parameters, bits);
  const plan = block && planSignPrepared(profile, key, block, 'block');
  if (!plan) throw new Refusal(CKR.MECHANISM_PARAM_INVALID);
  return plan;
}

/** ECDSA takes as many leading bytes of a digest as the order has; zeros on the left change nothing (FIPS 186-5 §6.4.1). */
function ecdsa(profile: CardProfile, key: ProfileKey, length: number, input: Uint8Array): CardSignature {
  if (input.length === 0 || input.length > 64) throw new Refusal(CKR.DATA_LEN_RANGE);
  const digest = input.slice(0, length);
  const fitting = (['sha256', 'sha384', 'sha512'] as const).find(
    (hash) => digestLength[hash] >= digest.length && digestLength[hash] <= length && offered(profile, 'ECDSA', hash),
  );
  const algorithm = fitting && offered(profile, 'ECDSA', fitting);
  if (!fitting || !algorithm) throw new Refusal(CKR.DATA_LEN_RANGE);
  const wide = new Uint8Array(digestLength[fitting]);
  wide.set(digest, wide.length - digest.length);
  return {
    plan: planSign(profile, key, algorithm, wide),
    finish: (answer) => rawSignature(signatureFromCard(profile, algorithm, answer), length),
  };
}

/** r and s of equal length from SEQUENCE of two INTEGERs. Fails with CKR_DEVICE_ERROR. */
function rawSignature(der: Uint8Array, length: number): Uint8Array {
  const [sequence] = insideOf(der) ?? [];
  const numbers = (sequence && insideOf(sequence.value)) ?? [];
  const raw = new Uint8Array(2 * length);
  if (numbers.length !== 2) throw new Refusal(CKR.DEVICE_ERROR);
  numbers.forEach(({ value }, at) => {
    const start = value.findIndex((byte) => byte !== 0);
    const significant = value.subarray(start < 0 ? value.length : start);
    if (significant.length > length) throw new Refusal(CKR.DEVICE_ERROR);
    raw.set(significant, (at + 1) * length - significant.length);
  });
  return raw;
}

const sizes: Readonly<Partial<Record<HashName, '256' | '384' | '512'>>> = {
  sha256: '256',
  sha384: '384',
  sha512: '512',
};

function offered(
  profile: CardProfile,
  scheme: 'RSA-PKCS1' | 'RSA-PSS' | 'ECDSA',
  hash: HashName,
): SignatureAlgorithm | undefined {
  const size = sizes[hash];
  const algorithm = size === undefined ? undefined : (`${scheme}-SHA${size}` as SignatureAlgorithm);
  return algorithm !== undefined && profile.signing.algorithms[algorithm] !== undefined ? algorithm : undefined;
}
