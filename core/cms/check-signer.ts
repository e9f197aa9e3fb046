import { type DigestName, digestNamed, digestOf, isWeakDigest, readAlgorithm, schemeOf } from './algorithm.js';
import { type Ber, inside, orUndefined, partsOf } from './ber.js';
import { sameBytes, toHex } from './bytes.js';
import { type CertificateFacts, readCertificate } from './certificate.js';
import { checkSignature, type SignatureCheck } from './check-signature.js';
import { oids } from './oids.js';
import { onlyValue, type SignedDataFacts, type SignerFacts } from './read-signed-data.js';
import { octetsOf, oidOf } from './values.js';

/** What a signer's own bytes show, before anybody is trusted. */
export type SignerCheck =
  | { readonly kind: 'no-certificate' }
  | {
      readonly kind: 'checked';
      readonly certificate: CertificateFacts;
      readonly digest: DigestName;
      /** The message digest equals the content's. */
      readonly content: boolean;
      readonly signature: SignatureCheck;
      /** `absent` without an ESS attribute; `wrong` when it names another certificate. */
      readonly binding: 'bound' | 'absent' | 'wrong';
      /** Attributes that must stand once do so. */
      readonly wellFormed: boolean;
    }
  | { readonly kind: 'unknown-algorithm'; readonly certificate?: CertificateFacts };

/** Finds the signer's certificate among those given and checks digest, value and ESS attribute. `digest` gives the content's. */
export async function checkSigner(
  signer: SignerFacts,
  contentType: string,
  certificates: readonly Uint8Array[],
  digest: (algorithm: DigestName) => Promise<Uint8Array | undefined>,
): Promise<SignerCheck> {
  const certificate = signerCertificate(signer, certificates);
  if (!certificate) return { kind: 'no-certificate' };
  const name = digestNamed(signer.digest);
  const scheme = orUndefined(() => schemeOf(signer.algorithm, name));
  const found = name && (await digest(name));
  if (!name || !found || !scheme) return { kind: 'unknown-algorithm', certificate };
  const attributes = signer.signed;
  const said = onlyValue(attributes, oids.messageDigest);
  const type = onlyValue(attributes, oids.contentType);
  const wellFormed =
    !attributes || (said?.tag === 0x04 && type !== undefined && orUndefined(() => oidOf(type)) === contentType);
  const signed = attributes ? { data: attributes.raw } : { digest: found };
  return {
    kind: 'checked',
    certificate,
    digest: name,
    content: !attributes || sameBytes(said?.value, found),
    // Without attributes the digest that the value is over is the content's own.
    signature:
      attributes || scheme.digest === name
        ? await checkSignature(certificate.key, scheme, signer.value, signed)
        : 'unknown',
    binding: bindingOf(signer, certificate),
    wellFormed,
  };
}

/** Content inside the CMS as `digest` for `checkSigner`. */
export const digestOfContent =
  ({ content }: SignedDataFacts) =>
  async (algorithm: DigestName): Promise<Uint8Array | undefined> =>
    content && digestOf(algorithm, content);

function signerCertificate({ id }: SignerFacts, ders: readonly Uint8Array[]): CertificateFacts | undefined {
  return ders
    .map((der) => readCertificate(der))
    .find((certificate) =>
      'subjectKeyId' in id
        ? certificate?.extensions.subjectKeyId === id.subjectKeyId
        : certificate?.serial === id.serial && toHex(certificate.issuer.raw) === toHex(id.issuer),
    );
}

function bindingOf({ signed }: SignerFacts, certificate: CertificateFacts): 'bound' | 'absent' | 'wrong' {
  const second = signed?.values.get(oids.signingCertificateV2);
  const first = signed?.values.get(oids.signingCertificate);
  const found = second ?? first;
  if (!found) return 'absent';
  const names = orUndefined(() => found.length === 1 && !!found[0] && binds(found[0], certificate, !second));
  return names ? 'bound' : 'wrong';
}

// SigningCertificate (RFC 2634 §5.4) and SigningCertificateV2 (RFC 5035 §3): the first entry is the signer's.
function binds(value: Ber, certificate: CertificateFacts, old: boolean): boolean {
  const [list] = inside(value, 0x30);
  const entry = partsOf(inside(list, 0x30)[0]);
  const named = old ? undefined : entry.maybe(0x30);
  const digest = old ? 'SHA-1' : named ? digestNamed(readAlgorithm(named)) : 'SHA-256';
  return digest !== undefined && sameBytes(octetsOf(entry.next()), digestOf(digest, certificate.der));
}

/** True when the certificate's hash in the ESS attribute, or the signature's digest, is one of the weak ones. */
export const isWeakSigner = (check: SignerCheck): boolean => check.kind === 'checked' && isWeakDigest(check.digest);
