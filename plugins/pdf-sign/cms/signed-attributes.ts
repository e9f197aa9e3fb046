import { Failure, type SignatureAlgorithm } from '@sigill/core';
import {
  context,
  digestId,
  digestOf,
  digestOfAlgorithm,
  integer,
  octets,
  oid,
  oids,
  readCertificate,
  requireFit,
  sequence,
  setOf,
  type StrongDigest,
  time,
} from '@sigill/core/cms';

/** What a signer's signed attributes are made from. */
export interface AttributesRequest {
  /** Over the byte ranges, made with `digestOfAlgorithm(algorithm)`. */
  readonly documentDigest: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** Stands in `adbe.pkcs7.detached` only: ETSI EN 319 142-1 §5.2 leaves the time of `ETSI.CAdES.detached` to the dictionary's /M. */
  readonly signingTime?: Date;
}

export interface SignedAttributes {
  /** DER SET OF (tag 31), in DER's order. */
  readonly attributes: Uint8Array;
  /** What the card signs: the digest of `attributes`. */
  readonly digest: Uint8Array;
  readonly digestAlgorithm: StrongDigest;
}

/** content-type, message-digest and signing-certificate-v2 (RFC 5652 §11, RFC 5035). Fails with `certificate-invalid`, `key-algorithm`. */
export function signedAttributes(request: AttributesRequest): SignedAttributes {
  const certificate = readCertificate(request.certificate);
  if (!certificate) throw new Failure('certificate-invalid', { why: 'DER' });
  requireFit(certificate, request.algorithm);
  const digestAlgorithm = digestOfAlgorithm(request.algorithm);
  if (request.documentDigest.length !== Number(digestAlgorithm.slice(4)) / 8) {
    throw new Failure('call-invalid', { call: 'signedAttributes', why: 'digest' });
  }
  const { issuer, serialBytes, der } = certificate;
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(request.documentDigest)),
    attribute(oids.signingCertificateV2, signingCertificate(digestAlgorithm, der, issuer.raw, serialBytes)),
    ...(request.signingTime ? [attribute(oids.signingTime, time(request.signingTime))] : []),
  );
  return { attributes, digest: digestOf(digestAlgorithm, attributes), digestAlgorithm };
}

/** Attribute with one value (RFC 5652 §5.3). */
export const attribute = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), setOf(value));

// SigningCertificateV2 (RFC 5035 §3): SHA-256 is the default and DER leaves it out.
function signingCertificate(digest: StrongDigest, der: Uint8Array, issuer: Uint8Array, serial: Uint8Array): Uint8Array {
  const names = sequence(context(4, issuer));
  const certificateId = sequence(
    ...(digest === 'SHA-256' ? [] : [sequence(oid(digestId(digest)))]),
    octets(digestOf(digest, der)),
    sequence(names, integer(serial)),
  );
  return sequence(sequence(certificateId));
}
