import { Failure, type SignatureAlgorithm } from '@sigill/core';
import {
  context,
  digestId,
  digestOfAlgorithm,
  encode,
  firstOf,
  integer,
  octets,
  oid,
  oids,
  readCertificate,
  sequence,
  setOf,
  signatureAlgorithmId,
} from '@sigill/core/cms';
import { attribute } from './signed-attributes.js';

/** The parts of a detached signature with one signer. */
export interface SignedDataParts {
  readonly algorithm: SignatureAlgorithm;
  /** From `signedAttributes`. */
  readonly attributes: Uint8Array;
  /** The card's signature over their digest, as `Signature.value` is. */
  readonly value: Uint8Array;
  /** DER: the signer's own first, then its chain; they are taken over byte for byte. */
  readonly certificates: readonly Uint8Array[];
  /** RFC 3161 token over `value`: the signature-time-stamp attribute. */
  readonly timestamp?: Uint8Array;
}

/** ContentInfo with SignedData (RFC 5652 §5.1), DER, to stand in /Contents. Fails with `certificate-invalid`. */
export function signedData(parts: SignedDataParts): Uint8Array {
  const [own] = parts.certificates;
  const certificate = own && readCertificate(own);
  if (!certificate) throw new Failure('certificate-invalid', { why: 'DER' });
  // RFC 5754 §2: no parameters.
  const digest = sequence(oid(digestId(digestOfAlgorithm(parts.algorithm))));
  const signer = sequence(
    integer(1),
    sequence(certificate.issuer.raw, encode(0x02, certificate.serialBytes)),
    digest,
    // IMPLICIT [0] in place of the SET's own tag, which is what was signed.
    context(0, firstOf(parts.attributes).value),
    signatureAlgorithmId(parts.algorithm),
    octets(parts.value),
    ...(parts.timestamp ? [context(1, attribute(oids.timestampToken, parts.timestamp))] : []),
  );
  const content = sequence(
    integer(1),
    setOf(digest),
    sequence(oid(oids.data)),
    context(0, firstOf(setOf(...unique(parts.certificates))).value),
    setOf(signer),
  );
  return sequence(oid(oids.signedData), context(0, content));
}

function unique(certificates: readonly Uint8Array[]): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  for (const der of certificates) {
    const certificate = readCertificate(der);
    if (!certificate) throw new Failure('certificate-invalid', { why: 'DER' });
    found.set(certificate.sha256, certificate.der);
  }
  return [...found.values()];
}
