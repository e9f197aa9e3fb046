import type { SignatureAlgorithm } from '../index.js';
import { Failure } from '../index.js';
import type { DigestName } from './algorithm.js';
import { digestId } from './algorithm.js';
import type { CertificateFacts } from './certificate.js';
import { context, integer, nothing, oid, sequence } from './der.js';
import { oids } from './oids.js';

/** Digests that new signatures are made with. */
export type StrongDigest = Extract<DigestName, 'SHA-256' | 'SHA-384' | 'SHA-512'>;

const ecdsaIds: Readonly<Record<StrongDigest, string>> = {
  'SHA-256': '1.2.840.10045.4.3.2',
  'SHA-384': '1.2.840.10045.4.3.3',
  'SHA-512': '1.2.840.10045.4.3.4',
};

/** The digest inside of an algorithm: `ECDSA-SHA384` → `SHA-384`. The document's digest is made with the same. */
export function digestOfAlgorithm(algorithm: SignatureAlgorithm): StrongDigest {
  return algorithm.endsWith('512') ? 'SHA-512' : algorithm.endsWith('384') ? 'SHA-384' : 'SHA-256';
}

/** The algorithm that a certificate's key signs with: RSA with SHA-256, EC with a digest as strong as its curve. Undefined for other keys. */
export function algorithmFor(
  { key }: CertificateFacts,
  rsa: 'PKCS1' | 'PSS' = 'PKCS1',
): SignatureAlgorithm | undefined {
  if (key.kind === 'rsa') return `RSA-${rsa}-SHA256`;
  if (key.kind !== 'ec' || !key.curve.startsWith('P-')) return undefined;
  return `ECDSA-SHA${key.size > 384 ? 512 : key.size > 256 ? 384 : 256}`;
}

/** Fails with `key-algorithm` when the key cannot make this signature or the digest is weaker than its curve. */
export function requireFit(certificate: CertificateFacts, algorithm: SignatureAlgorithm): void {
  const { key } = certificate;
  const bits = Number(digestOfAlgorithm(algorithm).slice(4));
  const fits = algorithm.startsWith('RSA')
    ? key.kind === 'rsa'
    : key.kind === 'ec' && (bits >= key.size || (key.size === 521 && bits === 512));
  if (!fits) throw new Failure('key-algorithm', { key: certificate.subject.short, algorithm });
}

/** AlgorithmIdentifier of a signer's signature value: bare `rsaEncryption` for PKCS#1 (RFC 5754 §3.2), PSS with its parameters (RFC 4056). */
export function signatureAlgorithmId(algorithm: SignatureAlgorithm): Uint8Array {
  const digest = digestOfAlgorithm(algorithm);
  if (algorithm.startsWith('ECDSA')) return sequence(oid(ecdsaIds[digest]));
  if (algorithm.startsWith('RSA-PKCS1')) return sequence(oid(oids.rsa), nothing());
  const hash = sequence(oid(digestId(digest)), nothing());
  const salt = Number(digest.slice(4)) / 8;
  const parameters = sequence(context(0, hash), context(1, sequence(oid(oids.mgf1), hash)), context(2, integer(salt)));
  return sequence(oid(oids.rsaPss), parameters);
}
