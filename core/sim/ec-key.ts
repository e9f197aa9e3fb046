import { p256, p384 } from '@noble/curves/nist.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { joined } from '../card/bytes.js';

/** The curves of the cards that are simulated. */
export type CurveName = 'P-256' | 'P-384';

/** An EC private key. */
export interface EcKey {
  readonly kind: 'ec';
  readonly curve: CurveName;
  /** Bytes of a coordinate and of the order. */
  readonly length: number;
  readonly secret: Uint8Array;
  /** Uncompressed point. */
  readonly publicPoint: Uint8Array;
}

const curves = { 'P-256': p256, 'P-384': p384 };
const seed = utf8ToBytes('Sigill simulated card');
const keys = new Map<string, EcKey>();

/** The key that belongs to `label`: the same in every run, and worth nothing. */
export function ecKey(label: string, curve: CurveName): EcKey {
  const name = `${curve} ${label}`;
  const made = keys.get(name);
  if (made) return made;
  const { lengths, utils, getPublicKey } = curves[curve];
  const material = joined([1, 2].map((part) => hmac(sha512, seed, utf8ToBytes(`${name} ${part}`))));
  const secret = utils.randomSecretKey(material.slice(0, lengths.seed));
  const key: EcKey = { kind: 'ec', curve, length: secret.length, secret, publicPoint: getPublicKey(secret, false) };
  keys.set(name, key);
  return key;
}

/** The x coordinate of the shared point (ECDH); nothing for bytes that are no point of the curve. */
export function ecAgree(key: EcKey, point: Uint8Array): Uint8Array | undefined {
  try {
    return curves[key.curve].getSharedSecret(key.secret, point, true).slice(1);
  } catch {
    return undefined;
  }
}

/** ECDSA over a digest made elsewhere (RFC 6979, so that runs are equal); raw r‖s or DER. */
export function ecSign(key: EcKey, digest: Uint8Array, format: 'compact' | 'der'): Uint8Array {
  return curves[key.curve].sign(digest, key.secret, { prehash: false, lowS: false, format });
}
