import type { DigestAlgorithm } from '@sigill/core';
import {
  type CertificateFacts,
  checkSignature,
  checkSigner,
  type DigestName,
  digestNamed,
  digestOf,
  firstOf,
  octetsOf,
  oids,
  orUndefined,
  readCertificate,
  readSignedData,
  sameBytes,
  schemeOf,
  type SignatureScheme,
  type SignedDataFacts,
  type SignerFacts,
} from '@sigill/core/cms';
import type { SubIndication } from './report.js';

/** One signature as it stands in the document; `SignatureFacts` of the PDF reader has these. */
export interface SignatureInput {
  readonly kind: 'signature' | 'timestamp';
  readonly subFilter: string | undefined;
  /** /Contents with the zeros that fill its room. */
  readonly contents: Uint8Array;
  readonly coversAllButContents: boolean;
  /** Offset behind the last byte that it covers. */
  readonly end: number;
  /** The digest of its byte ranges. */
  digest(algorithm: DigestAlgorithm): Promise<Uint8Array>;
  /** What was done to the document afterwards, judged by its DocMDP and field locks. */
  readonly changes?: 'none' | 'allowed' | 'forbidden' | 'unknown' | undefined;
  /** /M, milliseconds since 1970. */
  readonly claimedTime?: number | undefined;
  /** /Cert of `adbe.x509.rsa_sha1`, DER, the signer's first. */
  readonly certificates?: readonly Uint8Array[] | undefined;
}

/** What the bytes show before anybody is trusted; `fault` when they do not hold. */
export interface PdfSignatureCheck {
  readonly fault?: SubIndication;
  readonly certificate?: CertificateFacts;
  readonly scheme?: SignatureScheme;
  /** Digests that the signature hangs on: of the document, of the attributes. */
  readonly digests: readonly DigestName[];
  readonly signedData?: SignedDataFacts;
  readonly signer?: SignerFacts;
  readonly binding: 'bound' | 'absent' | 'wrong';
}

const nothing = { binding: 'absent', digests: [] } as const;

/** The document's digest, as far as the host makes it. */
export const documentDigest =
  (signature: SignatureInput) =>
  async (algorithm: DigestName): Promise<Uint8Array | undefined> =>
    algorithm === 'SHA-1' || algorithm === 'SHA-256' || algorithm === 'SHA-384' || algorithm === 'SHA-512'
      ? signature.digest(algorithm)
      : undefined;

/** Checks digest, signature value and ESS attribute of a signature of any /SubFilter; `more`: certificates beside its own, for a signer that has none. */
export async function checkPdfSignature(
  signature: SignatureInput,
  more: readonly Uint8Array[],
): Promise<PdfSignatureCheck> {
  if (!signature.coversAllButContents) return { ...nothing, fault: 'FORMAT_FAILURE' };
  if (signature.subFilter === 'adbe.x509.rsa_sha1') return checkBare(signature);
  const signedData = readSignedData(signature.contents);
  const [signer, ...others] = signedData?.signers ?? [];
  if (!signedData || !signer || others.length > 0) return { ...nothing, fault: 'FORMAT_FAILURE' };
  const content = await contentOf(signature, signedData);
  if (typeof content === 'string') return { ...nothing, fault: content, signedData, signer };
  const certificates = [...signedData.certificates, ...more];
  const check = await checkSigner(signer, signedData.contentType, certificates, content);
  const scheme = orUndefined(() => schemeOf(signer.algorithm, digestNamed(signer.digest)));
  const common = { signedData, signer, ...(scheme && { scheme }) };
  if (check.kind === 'no-certificate') return { ...nothing, ...common, fault: 'NO_SIGNING_CERTIFICATE_FOUND' };
  if (check.kind === 'unknown-algorithm' || check.signature === 'unknown') {
    const { certificate } = check;
    return { ...nothing, ...common, ...(certificate && { certificate }), fault: 'CRYPTO_CONSTRAINTS_FAILURE' };
  }
  const fault: SubIndication | undefined = !check.content
    ? 'HASH_FAILURE'
    : check.signature !== 'valid'
      ? 'SIG_CRYPTO_FAILURE'
      : !check.wellFormed
        ? 'FORMAT_FAILURE'
        : check.binding === 'wrong'
          ? 'SIG_CONSTRAINTS_FAILURE'
          : undefined;
  const digests: DigestName[] = [
    check.digest,
    ...(signature.subFilter === 'adbe.pkcs7.sha1' ? (['SHA-1'] as const) : []),
  ];
  return { ...common, certificate: check.certificate, binding: check.binding, digests, ...(fault && { fault }) };
}

type Digest = (algorithm: DigestName) => Promise<Uint8Array | undefined>;

// Detached ones are over the document; adbe.pkcs7.sha1 is over the document's SHA-1, which it carries (ISO 32000-1 §12.8.3.3.1).
async function contentOf(
  signature: SignatureInput,
  { content, contentType }: SignedDataFacts,
): Promise<Digest | SubIndication> {
  if (signature.subFilter === 'adbe.pkcs7.sha1') {
    if (!content) return 'FORMAT_FAILURE';
    if (!sameBytes(content, await signature.digest('SHA-1'))) return 'HASH_FAILURE';
    return async (algorithm) => digestOf(algorithm, content);
  }
  // Content of no bytes is content too: pyHanko and DSS refuse it as well.
  if (content || contentType !== oids.data) return 'FORMAT_FAILURE';
  return documentDigest(signature);
}

// /Contents is an OCTET STRING with the value of PKCS#1 over the document itself.
async function checkBare(signature: SignatureInput): Promise<PdfSignatureCheck> {
  const value = orUndefined(() => octetsOf(firstOf(signature.contents)));
  const [der] = signature.certificates ?? [];
  const certificate = der && readCertificate(der);
  if (!value) return { ...nothing, fault: 'FORMAT_FAILURE' };
  if (!certificate) return { ...nothing, fault: 'NO_SIGNING_CERTIFICATE_FOUND' };
  for (const digest of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const) {
    const scheme = { kind: 'pkcs1', digest } as const;
    const made = await signature.digest(digest);
    if ((await checkSignature(certificate.key, scheme, value, { digest: made })) === 'valid') {
      return { ...nothing, certificate, scheme };
    }
  }
  return { ...nothing, certificate, fault: 'HASH_FAILURE' };
}
