import type { SignatureAlgorithm } from '@sigill/core';
import {
  type CertificateFacts,
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
  requireFit,
  sequence,
  setOf,
  signatureAlgorithmId,
} from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { mailAttributes } from './mail-attributes.js';

/** Who signs a mail, and with what. */
export interface MailSigner {
  /** DER: the signer's own first, then those that issued it. */
  readonly certificates: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs a digest as `Signing.sign` does; called once. */
  sign(digest: Uint8Array): Promise<Uint8Array>;
}

/** What goes into a signature beside the signer. */
export interface SignatureWish {
  readonly at: Date;
  /** True to put the content into the signature (`smime-type=signed-data`); else it stands beside it. */
  readonly opaque?: boolean;
}

/** ContentInfo with SignedData over `content` (RFC 5652 §5.1), DER. Fails with `malformed`, `key-algorithm`, and as `sign` does. */
export async function mailSignature(content: Uint8Array, signer: MailSigner, wish: SignatureWish): Promise<Uint8Array> {
  const { algorithm } = signer;
  const chain = unique(signer.certificates);
  const [certificate] = chain;
  if (!certificate) throw new MailError('malformed', { what: 'certificate' });
  requireFit(certificate, algorithm);
  const { attributes, digest } = mailAttributes(content, certificate, algorithm, wish.at);
  const digestAlgorithm = sequence(oid(digestId(digestOfAlgorithm(algorithm))));
  const value = await signer.sign(digest);
  const info = sequence(
    integer(1),
    sequence(certificate.issuer.raw, encode(0x02, certificate.serialBytes)),
    digestAlgorithm,
    // IMPLICIT [0] in place of the SET's own tag, which is what was signed.
    context(0, firstOf(attributes).value),
    signatureAlgorithmId(algorithm),
    octets(value),
  );
  const data = sequence(
    integer(1),
    setOf(digestAlgorithm),
    sequence(oid(oids.data), ...(wish.opaque === true ? [context(0, octets(content))] : [])),
    context(0, firstOf(setOf(...chain.map(({ der }) => der))).value),
    setOf(info),
  );
  return sequence(oid(oids.signedData), context(0, data));
}

function unique(certificates: readonly Uint8Array[]): readonly CertificateFacts[] {
  const found = new Map<string, CertificateFacts>();
  for (const der of certificates) {
    const certificate = readCertificate(der);
    if (!certificate) throw new MailError('malformed', { what: 'certificate' });
    found.set(certificate.sha256, certificate);
  }
  return [...found.values()];
}
