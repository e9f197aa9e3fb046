import { buildChain, type CertificateFacts, type Chain, type Sources } from '@sigill/core/cms';
import { certificateProblem, type CertificateProblem, needsAnswer } from './certificate-problem.js';
import type { EvidenceStore, FoundEvidence } from './evidence-store.js';
import type { LinkReport } from './report.js';

/** A certificate's chain at a time, and what stands against it. */
export interface CertificateVerdict {
  readonly chain: Chain;
  readonly links: readonly LinkReport[];
  readonly problem?: CertificateProblem;
  /** Every answer that was needed stands in the document. */
  readonly embedded: boolean;
}

/** What certificates are judged with. */
export interface Court {
  readonly sources: Sources;
  readonly evidence: EvidenceStore;
}

/**
 * Judges a certificate at time `at` (ETSI EN 319 102-1 §5.2.6 with RFC 5280 §6): chain, its constraints, revocation of each below the anchor,
 * validity, strength. `proven`: `at` is a time that a timestamp proves, not now. `since`: an answer from then will do.
 */
export async function judgeCertificate(
  leaf: CertificateFacts,
  at: number,
  proven: boolean,
  court: Court,
  since = at,
): Promise<CertificateVerdict> {
  const chain = await buildChain(leaf, court.sources, at);
  const found = await answers(chain, at, since, court.evidence);
  const links = chain.certificates.map((certificate, index) => linkOf(certificate, index, chain, found[index]));
  const embedded = chain.certificates.every(
    ({ extensions }, index) =>
      !needsAnswer(chain, index) || extensions.ocspNoCheck || found[index]?.from === 'document',
  );
  const problem = certificateProblem(chain, found, at, proven);
  return { chain, links, embedded, ...(problem && { problem }) };
}

async function answers(
  { certificates, anchor }: Chain,
  at: number,
  since: number,
  store: EvidenceStore,
): Promise<readonly (FoundEvidence | undefined)[]> {
  const found: (FoundEvidence | undefined)[] = [];
  for (const [index, certificate] of certificates.entries()) {
    const issuer = certificates[index + 1];
    // Nobody trusted stands behind an answer from an unknown authority: it is not asked.
    found.push(issuer && anchor ? await store.find(certificate, issuer, at, since) : undefined);
  }
  return found;
}

function linkOf(
  certificate: CertificateFacts,
  index: number,
  chain: Chain,
  found: FoundEvidence | undefined,
): LinkReport {
  const { subject, issuer, serial, sha256, notBefore, notAfter, extensions } = certificate;
  const last = chain.anchor !== undefined && index === chain.certificates.length - 1;
  const revokedAt = found?.evidence.revokedAt;
  const status = found?.evidence.status ?? (extensions.ocspNoCheck ? 'exempt' : 'unknown');
  return {
    subject: subject.text,
    name: subject.short,
    issuer: issuer.text,
    serial,
    sha256,
    notBefore: iso(notBefore),
    notAfter: iso(notAfter),
    qualified: extensions.qualified,
    revocation: last ? 'anchor' : status,
    ...(revokedAt !== undefined && { revokedAt: iso(revokedAt) }),
    ...(found && { answer: { kind: found.evidence.kind, from: found.from, time: iso(found.evidence.thisUpdate) } }),
  };
}

const iso = (at: number): string => new Date(at).toISOString();
