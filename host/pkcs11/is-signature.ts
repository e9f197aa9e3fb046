import { constants, publicDecrypt } from 'node:crypto';
import { insideOf } from '@sigill/core/card';
import { CKR } from './constants.js';
import { digestInfo } from './hashes.js';
import { isPss } from './pss.js';
import { Refusal } from './refusal.js';
import type { SignatureScheme } from './signature-scheme.js';
import type { TokenObject } from './token-object.js';

/** True when `signature` is one over `input`: a digest where the scheme names a hash. Fails with CKR_MECHANISM_INVALID for a curve that is not known here. */
export async function isSignature(
  scheme: SignatureScheme,
  { publicKey, material }: TokenObject,
  input: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!publicKey || !material) throw new Refusal(CKR.KEY_HANDLE_INVALID);
  if (material.kind === 'EC')
    return isEcdsa(material.point, publicKey.asymmetricKeyDetails?.namedCurve, input, signature);
  try {
    const padding = scheme.kind === 'pss' ? constants.RSA_NO_PADDING : constants.RSA_PKCS1_PADDING;
    const block = publicDecrypt({ key: publicKey, padding }, signature);
    if (scheme.kind === 'pss')
      return isPss(block, input, scheme.pss, publicKey.asymmetricKeyDetails?.modulusLength ?? 0);
    const expected = scheme.hash === undefined ? input : digestInfo(scheme.hash, input);
    return block.equals(expected);
  } catch {
    // What has no padding is no signature.
    return false;
  }
}

async function isEcdsa(
  point: Uint8Array,
  curve: string | undefined,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  // Node checks no digest that was made elsewhere.
  const { p256, p384, p521 } = await import('@noble/curves/nist.js');
  const known = { prime256v1: p256, secp384r1: p384, secp521r1: p521 }[curve ?? ''];
  const [octets] = insideOf(point) ?? [];
  if (!known || !octets) throw new Refusal(CKR.MECHANISM_INVALID);
  try {
    return known.verify(signature, digest, octets.value, { prehash: false, lowS: false });
  } catch {
    return false;
  }
}
