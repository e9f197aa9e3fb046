import { p256, p384 } from '@noble/curves/nist.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromHex, joined } from '../card/bytes.js';
import { publicPoints } from './curve-results.js';

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
// A card signs once or twice in the life of most programs: a smaller table costs less than it saves.
p384.Point.BASE.precompute(4);
const seed = utf8ToBytes('Sigill simulated card');
/** Those made so far, by curve and label. */
export const keys = new Map<string, EcKey>();

/** The key that belongs to `label`: the same in every run, and worth nothing. */
export function ecKey(label: string, curve: CurveName): EcKey {
  const name = `${curve} ${label}`;
  const made = keys.get(name);
  if (made) return made;
  const { lengths, utils } = curves[curve];
  let secret: Uint8Array | undefined;
  const known = publicPoints[name];
  let publicPoint = known === undefined ? undefined : fromHex(known);
  const key: EcKey = {
    kind: 'ec',
    curve,
    length: lengths.secretKey ?? 0,
    // Made when it is used: most keys of a card never are.
    get secret() {
      const material = [1, 2].map((part) => hmac(sha512, seed, utf8ToBytes(`${name} ${part}`)));
      return (secret ??= utils.randomSecretKey(joined(material).slice(0, lengths.seed)));
    },
    get publicPoint() {
      return (publicPoint ??= pointOf(curve, key.secret));
    },
  };
  keys.set(name, key);
  return key;
}

/** The public key of `secret`, an uncompressed point. */
export function pointOf(curve: CurveName, secret: Uint8Array): Uint8Array {
  return curves[curve].getPublicKey(secret, false);
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
