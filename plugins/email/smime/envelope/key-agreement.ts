import { aeskw } from '@noble/ciphers/aes.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { context, type DigestName, digestOf, joined, octets, oid, sequence } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { mailOids } from '../mail-oids.js';

/** One-pass ECDH with the KDF of X9.63 (RFC 5753 §7.1.4). With NIST's curves the cofactor is 1: both families come to the same. */
const schemes: Readonly<Record<string, DigestName>> = {
  '1.3.133.16.840.63.0.2': 'SHA-1',
  '1.3.132.1.11.0': 'SHA-224',
  '1.3.132.1.11.1': 'SHA-256',
  '1.3.132.1.11.2': 'SHA-384',
  '1.3.132.1.11.3': 'SHA-512',
  '1.3.133.16.840.63.0.3': 'SHA-1',
  '1.3.132.1.14.0': 'SHA-224',
  '1.3.132.1.14.1': 'SHA-256',
  '1.3.132.1.14.2': 'SHA-384',
  '1.3.132.1.14.3': 'SHA-512',
};

const wraps: Readonly<Record<string, number>> = {
  [mailOids.aes128wrap]: 16,
  [mailOids.aes192wrap]: 24,
  [mailOids.aes256wrap]: 32,
};

const curves = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;

/** A curve that mail is encrypted with. */
export type MailCurve = keyof typeof curves;

export const isMailCurve = (name: string): name is MailCurve => Object.hasOwn(curves, name);

/** What new mail is made with: a digest as strong as the curve. */
export const schemeFor = (curve: MailCurve): string =>
  ({ 'P-256': '1.3.132.1.11.1', 'P-384': '1.3.132.1.11.2', 'P-521': '1.3.132.1.11.3' })[curve];

/** A key for one mail, and the secret that it shares with a recipient's point. Fails with `key-unfit` for a point that is not on the curve. */
export function ephemeral(
  curve: MailCurve,
  recipient: Uint8Array,
): { readonly point: Uint8Array; readonly secret: Uint8Array } {
  const { secretKey, publicKey } = curves[curve].keygen();
  try {
    const point = curves[curve].Point.fromBytes(publicKey).toBytes(false);
    return { point, secret: curves[curve].getSharedSecret(secretKey, recipient, true).subarray(1) };
  } catch {
    throw new MailError('key-unfit');
  }
}

/** The point, uncompressed, when it is one of the curve: what goes to a card is checked before. Fails with `malformed`. */
export function checkedPoint(curve: MailCurve, point: Uint8Array): Uint8Array {
  try {
    return curves[curve].Point.fromBytes(point).toBytes(false);
  } catch {
    throw new MailError('malformed', { what: 'ECDH' });
  }
}

/** The ways in which a content's key is wrapped: the scheme, and the wrap that stands in its parameters. */
export interface Agreement {
  readonly scheme: string;
  readonly wrap: string;
  /** DER of the wrap's AlgorithmIdentifier as it stands: the KDF takes it in. */
  readonly wrapRaw: Uint8Array;
  readonly ukm?: Uint8Array | undefined;
}

/** True when both parts of it are known here. */
export const isKnown = ({ scheme, wrap }: Agreement): boolean =>
  Object.hasOwn(schemes, scheme) && Object.hasOwn(wraps, wrap);

/** Wraps a content's key under a shared secret. */
export const wrapKey = (agreement: Agreement, secret: Uint8Array, key: Uint8Array): Uint8Array =>
  aeskw(wrappingKey(agreement, secret)).encrypt(key);

/** Unwraps it. Fails with `changed`, `cipher-unknown`. */
export function unwrapKey(agreement: Agreement, secret: Uint8Array, wrapped: Uint8Array): Uint8Array {
  const key = wrappingKey(agreement, secret);
  try {
    return aeskw(key).decrypt(wrapped);
  } catch {
    throw new MailError('changed');
  }
}

function wrappingKey({ scheme, wrap, wrapRaw, ukm }: Agreement, secret: Uint8Array): Uint8Array {
  const [digest, length] = [schemes[scheme], wraps[wrap]];
  if (digest === undefined || length === undefined) throw new MailError('cipher-unknown', { cipher: scheme });
  const bits = Uint8Array.of(0, 0, (length * 8) >> 8, (length * 8) & 0xff);
  // ECC-CMS-SharedInfo (RFC 5753 §7.2).
  const info = sequence(wrapRaw, ...(ukm ? [context(0, octets(ukm))] : []), context(2, octets(bits)));
  const blocks: Uint8Array[] = [];
  for (let made = 0, count = 1; made < length; count += 1) {
    const block = digestOf(digest, joined([secret, Uint8Array.of(0, 0, 0, count), info]));
    blocks.push(block);
    made += block.length;
  }
  return joined(blocks).subarray(0, length);
}

/** AlgorithmIdentifier of the wrap for new mail (RFC 3565 §2.3.2: no parameters). */
export const newWrap = (): Uint8Array => sequence(oid(mailOids.aes256wrap));
