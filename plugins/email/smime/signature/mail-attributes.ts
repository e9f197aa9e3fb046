import type { SignatureAlgorithm } from '@sigill/core';
import {
  type CertificateFacts,
  context,
  digestId,
  digestOf,
  digestOfAlgorithm,
  integer,
  octets,
  oid,
  oids,
  sequence,
  setOf,
  type StrongDigest,
  time,
} from '@sigill/core/cms';
import { mailOids } from '../mail-oids.js';

/** What a signer of a mail vouches for. */
export interface MailAttributes {
  /** DER SET OF (tag 31), in DER's order. */
  readonly attributes: Uint8Array;
  /** What the card signs: the digest of `attributes`. */
  readonly digest: Uint8Array;
}

/** Ciphers that we read, the best first (RFC 8551 §2.5.2). */
const capabilities = [mailOids.aes256gcm, mailOids.aes128gcm, mailOids.aes256cbc, mailOids.aes128cbc];

/**
 * content-type, message-digest, signing-time, S/MIME capabilities and signing-certificate-v2 (RFC 5652 §11, RFC 8551 §2.5, RFC 5035) of one
 * signer. `content`: the bytes that are signed.
 */
export function mailAttributes(
  content: Uint8Array,
  certificate: CertificateFacts,
  algorithm: SignatureAlgorithm,
  at: Date,
): MailAttributes {
  const digest = digestOfAlgorithm(algorithm);
  const attributes = setOf(
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.messageDigest, octets(digestOf(digest, content))),
    attribute(oids.signingTime, time(at)),
    attribute(mailOids.capabilities, sequence(...capabilities.map((id) => sequence(oid(id))))),
    attribute(oids.signingCertificateV2, signingCertificate(digest, certificate)),
  );
  return { attributes, digest: digestOf(digest, attributes) };
}

const attribute = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), setOf(value));

// SigningCertificateV2 (RFC 5035 §3): SHA-256 is the default and DER leaves it out.
function signingCertificate(digest: StrongDigest, { der, issuer, serialBytes }: CertificateFacts): Uint8Array {
  const named = digest === 'SHA-256' ? [] : [sequence(oid(digestId(digest)))];
  const names = sequence(context(4, issuer.raw));
  return sequence(sequence(sequence(...named, octets(digestOf(digest, der)), sequence(names, integer(serialBytes)))));
}
