import { sha1 } from '@noble/hashes/legacy.js';
import {
  type CertificateFacts,
  checkSignature,
  digestNamed,
  digestOf,
  isIssuedBy,
  isSameAuthority,
  isWeakDigest,
  oids,
  orUndefined,
  readPool,
  sameBytes,
  schemeOf,
} from '@sigill/core/cms';
import { type OcspEntry, type OcspResponse, readOcsp } from './read-ocsp.js';
import type { Evidence, EvidenceFault } from './revocation.js';

/**
 * What an OCSP response says about a certificate, once its signer is known to be allowed to say it (RFC 6960 §4.2.2.2): the issuer itself or
 * who the issuer made a responder, with a certificate that was valid when the answer was made.
 */
export async function judgeOcsp(
  bytes: Uint8Array,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
  more: readonly CertificateFacts[] = [],
): Promise<Evidence | EvidenceFault> {
  const response = readOcsp(bytes);
  if (!response) return { fault: 'no-answer' };
  const entry = response.entries.find((each) => isAbout(each, certificate, issuer));
  if (!entry) return { fault: 'other-certificate' };
  const candidates = [...readPool(response.certificates), issuer, ...more].filter((each) => isNamed(response, each));
  for (const responder of candidates) {
    if (!(await isAllowed(responder, issuer, response.producedAt))) continue;
    const scheme = orUndefined(() => schemeOf(response.algorithm));
    if ((await checkSignature(responder.key, scheme, response.signature, { data: response.tbs })) !== 'valid') {
      return { fault: 'signature' };
    }
    if (scheme && scheme.digest !== 'SHA-1' && isWeakDigest(scheme.digest)) return { fault: 'weak' };
    const { status, revokedAt, thisUpdate, nextUpdate } = entry;
    return {
      kind: 'ocsp',
      der: response.der,
      status,
      ...(revokedAt !== undefined && { revokedAt }),
      thisUpdate,
      ...(nextUpdate !== undefined && { nextUpdate }),
      producedAt: response.producedAt,
      ...(isSameAuthority(responder, issuer) ? {} : { responder }),
    };
  }
  return { fault: 'responder' };
}

function isAbout(
  { hash, issuerName, issuerKey, serial }: OcspEntry,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
): boolean {
  const digest = digestNamed(hash);
  return (
    digest !== undefined &&
    serial === certificate.serial &&
    sameBytes(issuerName, digestOf(digest, issuer.subject.raw)) &&
    sameBytes(issuerKey, digestOf(digest, issuer.key.bits))
  );
}

function isNamed({ responder }: OcspResponse, certificate: CertificateFacts): boolean {
  return 'name' in responder
    ? sameBytes(responder.name, certificate.subject.raw)
    : sameBytes(responder.keyHash, sha1(certificate.key.bits));
}

async function isAllowed(responder: CertificateFacts, issuer: CertificateFacts, at: number): Promise<boolean> {
  if (isSameAuthority(responder, issuer)) return true;
  return (
    at >= responder.notBefore &&
    at <= responder.notAfter &&
    responder.extensions.extendedUsage?.purposes.includes(oids.ocspSigning) === true &&
    sameBytes(responder.issuer.raw, issuer.subject.raw) &&
    (await isIssuedBy(responder, issuer))
  );
}
