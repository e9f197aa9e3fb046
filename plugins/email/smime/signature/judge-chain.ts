import { type Anchor, buildChain, type CertificateFacts, oids, readPool } from '@sigill/core/cms';

/**
 * Whether a certificate may be relied on for mail, as far as it can be known without asking whether it was revoked. `card`: only a card that
 * is in a reader vouches for it, which is no trust (decision 0026).
 */
export type ChainVerdict = 'trusted' | 'card' | 'unknown-issuer' | 'expired' | 'not-yet' | 'unfit';

const emailProtection = '1.3.6.1.5.5.7.3.4';

/** What a certificate is to be used for. */
export type MailUse = 'sign' | 'encrypt';

/** Judges a certificate and those that issued it at `at` (milliseconds since 1970). `others`: DER of those that came along. */
export async function judgeChain(
  leaf: CertificateFacts,
  use: MailUse,
  anchors: readonly Anchor[],
  others: readonly Uint8Array[],
  at: number,
): Promise<ChainVerdict> {
  if (!isFit(leaf, use)) return 'unfit';
  if (at > leaf.notAfter) return 'expired';
  if (at < leaf.notBefore) return 'not-yet';
  const first = anchors.toSorted((one, other) => Number(one.source === 'card') - Number(other.source === 'card'));
  const { certificates, anchor } = await buildChain(leaf, { anchors: first, pool: readPool(others) }, at);
  if (!anchor) return 'unknown-issuer';
  const issuers = certificates.slice(1);
  const outOfTime = issuers.some(({ notBefore, notAfter }) => at < notBefore || at > notAfter);
  // A certificate that is an anchor itself was given by the person: nothing is above it.
  if (outOfTime) return 'expired';
  if (!issuers.every((one, below) => mayIssueHere(one, below))) return 'unfit';
  return anchor.source === 'card' ? 'card' : 'trusted';
}

/** True when a certificate is meant for this use of mail (RFC 8550 §4.4). */
export function isFit({ extensions, key }: CertificateFacts, use: MailUse): boolean {
  const { usage, extendedUsage, unknownCritical } = extensions;
  const purposes = extendedUsage?.purposes;
  // Finnish identity cards of elliptic curves say keyEncipherment where RFC 5480 §3 has keyAgreement.
  const agrees = key.kind === 'ec' ? ['keyAgreement'] : [];
  const wanted = use === 'sign' ? ['digitalSignature', 'nonRepudiation'] : ['keyEncipherment', ...agrees];
  return (
    unknownCritical.length === 0 &&
    (usage === undefined || usage.some((one) => wanted.includes(one))) &&
    (purposes === undefined || purposes.includes(emailProtection) || purposes.includes(oids.anyUsage))
  );
}

// `below`: certificates of authorities under this one (RFC 5280 §4.2.1.9).
function mayIssueHere({ extensions }: CertificateFacts, below: number): boolean {
  const { ca, pathLength, usage, unknownCritical } = extensions;
  return (
    ca &&
    unknownCritical.length === 0 &&
    (usage === undefined || usage.includes('keyCertSign')) &&
    (pathLength === undefined || below <= pathLength)
  );
}
