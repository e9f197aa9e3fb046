import { createHash } from 'node:crypto';
import { CKR } from './constants.js';
import { Refusal, require } from './refusal.js';
import type { Gathering } from './session.js';
import { expectedLength, type SignatureScheme } from './signature-scheme.js';
import type { TokenObject } from './token-object.js';

/** Bytes of what is signed as it is: more than any key takes. */
const mostParts = 4_096;

/** Begins to take in what is signed or checked. Fails with CKR_KEY_TYPE_INCONSISTENT. */
export function gather(scheme: SignatureScheme, object: TokenObject): Gathering {
  const elliptic = scheme.kind === 'ecdsa';
  require(object.material !== undefined && (object.material.kind === 'EC') === elliptic, CKR.KEY_TYPE_INCONSISTENT);
  const hash = scheme.hash === undefined ? {} : { hash: createHash(scheme.hash) };
  return { scheme, object, parts: new Uint8Array(), ...hash };
}

/** Takes in a part. Fails with CKR_DATA_LEN_RANGE. */
export function addPart(gathering: Gathering, part: Uint8Array): void {
  if (gathering.hash) return void gathering.hash.update(part);
  require(gathering.parts.length + part.length <= mostParts, CKR.DATA_LEN_RANGE);
  gathering.parts = Uint8Array.of(...gathering.parts, ...part);
}

/** The digest, or what was given as it is. Fails with CKR_DATA_LEN_RANGE. */
export function gathered({ scheme, hash, parts }: Gathering): Uint8Array {
  if (hash) return Uint8Array.from(hash.copy().digest());
  const expected = expectedLength(scheme);
  if (expected !== undefined && parts.length !== expected) throw new Refusal(CKR.DATA_LEN_RANGE);
  return parts;
}

/** Bytes of a signature. */
export function signatureLength({ object: { material } }: Gathering): number {
  if (!material) return 0;
  return material.kind === 'RSA' ? material.modulus.length : 2 * material.fieldLength;
}
