import type { TrustAnchor } from '../index.js';
import { schemeOf } from './algorithm.js';
import { orUndefined } from './ber.js';
import { sameBytes, toHex } from './bytes.js';
import { type CertificateFacts, isSelfIssued, readCertificate } from './certificate.js';
import { checkSignature } from './check-signature.js';

/** A certificate that chains may end at, and who vouches for it. */
export interface Anchor {
  readonly certificate: CertificateFacts;
  readonly source: TrustAnchor['source'];
}

/** Certificates from a leaf upwards, each signed by the next. */
export interface Chain {
  readonly certificates: readonly [CertificateFacts, ...CertificateFacts[]];
  /** Present when the last one is trusted. */
  readonly anchor?: Anchor;
}

/** Where issuers are looked for. */
export interface Sources {
  readonly anchors: readonly Anchor[];
  /** Certificates at hand; what is fetched is added. */
  readonly pool: CertificateFacts[];
  /** Certificates that lie at an address; gives none when they cannot be had. */
  readonly fetch?: (url: string) => Promise<readonly CertificateFacts[]>;
}

const longest = 10;
/** Signatures that one search may check: a pool can be made so that every path looks possible. */
const mostChecks = 64;

/** Reads anchors, leaving out what is no certificate. */
export function readAnchors(anchors: readonly TrustAnchor[]): Anchor[] {
  return anchors.flatMap(({ der, source }) => {
    const certificate = readCertificate(der);
    return certificate ? [{ certificate, source }] : [];
  });
}

/** Reads certificates, each once. */
export function readPool(ders: Iterable<Uint8Array>): CertificateFacts[] {
  const found = new Map<string, CertificateFacts>();
  for (const der of ders) {
    const certificate = readCertificate(der);
    if (certificate) found.set(certificate.sha256, certificate);
  }
  return [...found.values()];
}

/**
 * The chain from `leaf` to an anchor when there is one; else the longest that was found. Of several issuers those that are valid at `at` come
 * first (milliseconds since 1970); whether all are is not judged here.
 */
export async function buildChain(leaf: CertificateFacts, sources: Sources, at = Date.now()): Promise<Chain> {
  return climb([leaf], sources, { checks: mostChecks, at });
}

interface Budget {
  checks: number;
  readonly at: number;
}

async function climb(path: Chain['certificates'], sources: Sources, budget: Budget): Promise<Chain> {
  const top = path.at(-1) ?? path[0];
  const itself = sources.anchors.find(({ certificate }) => certificate.sha256 === top.sha256);
  if (itself) return { certificates: path, anchor: itself };
  if (path.length >= longest || (isSelfIssued(top) && (await isIssuedBy(top, top)))) return { certificates: path };
  const fetched = new Set<string>();
  let best: Chain = { certificates: path };
  for (;;) {
    best = await climbKnown(path, top, sources, budget, best);
    const url = top.extensions.caIssuers.find((address) => !fetched.has(address));
    if (best.anchor || best.certificates.length > path.length || !url || !sources.fetch || fetched.size > 3)
      return best;
    fetched.add(url);
    sources.pool.push(...(await sources.fetch(url)));
  }
}

async function climbKnown(
  path: Chain['certificates'],
  top: CertificateFacts,
  sources: Sources,
  budget: Budget,
  found: Chain,
): Promise<Chain> {
  let best = found;
  const seen = new Set(path.map(({ sha256 }) => sha256));
  const known = [...sources.anchors.map(({ certificate }) => certificate), ...sources.pool];
  const candidates = known.filter((issuer) => mayIssue(issuer, top));
  const isOut = ({ notBefore, notAfter }: CertificateFacts): number =>
    Number(budget.at < notBefore || budget.at > notAfter);
  for (const issuer of candidates.toSorted((one, other) => isOut(one) - isOut(other))) {
    if (seen.has(issuer.sha256)) continue;
    seen.add(issuer.sha256);
    if ((budget.checks -= 1) < 0) return best;
    if (!(await isIssuedBy(top, issuer))) continue;
    const chain = await climb([...path, issuer], sources, budget);
    if (chain.anchor) return chain;
    if (chain.certificates.length > best.certificates.length) best = chain;
  }
  return best;
}

/** True when the names fit, and the key identifiers where both have one. */
function mayIssue(issuer: CertificateFacts, { issuer: wanted, extensions }: CertificateFacts): boolean {
  const [has, asks] = [issuer.extensions.subjectKeyId, extensions.authorityKeyId];
  return sameBytes(issuer.subject.raw, wanted.raw) && (has === undefined || asks === undefined || has === asks);
}

/** True when `issuer`'s key made the signature on the certificate. */
export async function isIssuedBy(certificate: CertificateFacts, issuer: CertificateFacts): Promise<boolean> {
  const scheme = orUndefined(() => schemeOf(certificate.signatureAlgorithm));
  const signed = { data: certificate.tbs };
  return (await checkSignature(issuer.key, scheme, certificate.signature, signed)) === 'valid';
}

/** True for the same name with the same key: an authority's certificate in two editions. */
export const isSameAuthority = (one: CertificateFacts, other: CertificateFacts): boolean =>
  sameBytes(one.subject.raw, other.subject.raw) && toHex(one.key.spki) === toHex(other.key.spki);
