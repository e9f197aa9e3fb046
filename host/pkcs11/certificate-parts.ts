import { createPublicKey, type KeyObject } from 'node:crypto';
import { encodeTlv, insideOf, type Tlv } from '@sigill/core/card';

/** The parts of a certificate that PKCS #11 wants by themselves, as DER (RFC 5280 §4.1). */
export interface CertificateParts {
  readonly serialNumber: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly publicKeyInfo: Uint8Array;
  readonly publicKey: KeyObject;
}

/** Takes a certificate apart; undefined for what is none, or has a key that this computer does not know. */
export function certificateParts(der: Uint8Array): CertificateParts | undefined {
  const [certificate] = insideOf(der) ?? [];
  const [content] = (certificate && insideOf(certificate.value)) ?? [];
  const fields = (content && insideOf(content.value)) ?? [];
  // [0] version is left out in version 1.
  const [serial, , issuer, , subject, key] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (!serial || !issuer || !subject || !key) return undefined;
  const publicKeyInfo = whole(key);
  try {
    const publicKey = createPublicKey({ key: Buffer.from(publicKeyInfo), format: 'der', type: 'spki' });
    return { serialNumber: whole(serial), issuer: whole(issuer), subject: whole(subject), publicKeyInfo, publicKey };
  } catch {
    return undefined;
  }
}

/** What a public key is made of: RSA's numbers, or the curve's name and the point, each in the form of PKCS #11. */
export type KeyMaterial =
  | { readonly kind: 'RSA'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  | { readonly kind: 'EC'; readonly params: Uint8Array; readonly point: Uint8Array; readonly fieldLength: number };

/** Fails with an ordinary error for a key that is neither RSA nor EC. */
export function keyMaterial({ publicKey, publicKeyInfo }: CertificateParts): KeyMaterial {
  if (publicKey.asymmetricKeyType === 'rsa') {
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    return { kind: 'RSA', modulus: fromBase64url(n), exponent: fromBase64url(e) };
  }
  const [info] = insideOf(publicKeyInfo) ?? [];
  const [algorithm, bits] = (info && insideOf(info.value)) ?? [];
  const [, params] = (algorithm && insideOf(algorithm.value)) ?? [];
  if (publicKey.asymmetricKeyType !== 'ec' || !params || !bits) throw new Error('A key that is neither RSA nor EC');
  const point = bits.value.subarray(1);
  return { kind: 'EC', params: whole(params), point: encodeTlv(0x04, point), fieldLength: (point.length - 1) / 2 };
}

const whole = ({ tag, value }: Tlv): Uint8Array => encodeTlv(tag, value);
const fromBase64url = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64url'));
