import { sha1 } from '@noble/hashes/legacy.js';
import { type CertificateFacts, context, encode, nothing, octets, oid, oids, sequence } from '@sigill/core/cms';

/** OCSPRequest for one certificate (RFC 6960 §4.1.1), DER. SHA-1 names the issuer there, which every responder knows; nothing rests on it. */
export function ocspRequest(certificate: CertificateFacts, issuer: CertificateFacts, nonce: Uint8Array): Uint8Array {
  const id = sequence(
    sequence(oid('1.3.14.3.2.26'), nothing()),
    octets(sha1(issuer.subject.raw)),
    octets(sha1(issuer.key.bits)),
    encode(0x02, certificate.serialBytes),
  );
  const extension = sequence(oid(oids.ocspNonce), octets(octets(nonce)));
  return sequence(sequence(sequence(sequence(id)), context(2, sequence(extension))));
}
