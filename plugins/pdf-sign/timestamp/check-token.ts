import {
  type CertificateFacts,
  checkSigner,
  type DigestName,
  digestOfContent,
  oids,
  sameBytes,
} from '@sigill/core/cms';
import { readToken, type TimestampToken } from './read-token.js';

/** Why a token does not prove what it should. */
export type TokenFault =
  | 'not-a-token'
  | 'signers'
  | 'certificate-missing'
  | 'algorithm'
  | 'imprint'
  | 'signature'
  | 'certificate-not-bound'
  | 'not-a-timestamp-certificate'
  | 'certificate-validity';

/** A token that holds by itself; whether its authority is trusted is another question. */
export interface CheckedToken {
  readonly token: TimestampToken;
  readonly certificate: CertificateFacts;
  /** Digest that the token is signed with. */
  readonly digest: DigestName;
}

/**
 * Checks a token by itself: one signer, its signature, the ESS attribute, a certificate for nothing but timestamps (RFC 3161 §2.3) that was
 * valid then, and the imprint. `digest` gives that of the stamped bytes; `more`: certificates beside those in the token.
 */
export async function checkToken(
  bytes: Uint8Array,
  digest: (algorithm: DigestName) => Promise<Uint8Array | undefined>,
  more: readonly Uint8Array[] = [],
): Promise<
  | CheckedToken
  | { readonly fault: TokenFault; readonly token?: TimestampToken; readonly certificate?: CertificateFacts }
> {
  const token = readToken(bytes);
  if (!token) return { fault: 'not-a-token' };
  const { signedData } = token;
  const [signer, ...others] = signedData.signers;
  if (!signer || others.length > 0) return { fault: 'signers', token };
  const check = await checkSigner(
    signer,
    oids.tstInfo,
    [...signedData.certificates, ...more],
    digestOfContent(signedData),
  );
  if (check.kind === 'no-certificate') return { fault: 'certificate-missing', token };
  const { certificate } = check;
  const known = certificate && { certificate };
  if (check.kind === 'unknown-algorithm' || check.signature === 'unknown')
    return { fault: 'algorithm', token, ...known };
  const stamped = token.digestAlgorithm && (await digest(token.digestAlgorithm));
  if (!stamped) return { fault: 'algorithm', token, ...known };
  const fault = !sameBytes(stamped, token.digest)
    ? 'imprint'
    : !signer.signed || !check.wellFormed || !check.content || check.signature !== 'valid'
      ? 'signature'
      : certificateFault(check.certificate, token.time, check.binding);
  return fault ? { fault, token, ...known } : { token, certificate: check.certificate, digest: check.digest };
}

function certificateFault(
  { extensions, notBefore, notAfter }: CertificateFacts,
  time: number,
  binding: 'bound' | 'absent' | 'wrong',
): TokenFault | undefined {
  if (binding !== 'bound') return 'certificate-not-bound';
  const { purposes = [], critical = false } = extensions.extendedUsage ?? {};
  if (!critical || purposes.length !== 1 || purposes[0] !== oids.timeStamping) return 'not-a-timestamp-certificate';
  return time < notBefore || time > notAfter ? 'certificate-validity' : undefined;
}
