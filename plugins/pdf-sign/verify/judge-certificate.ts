import { schemeOf } from '../cms/algorithm.js';
import { orUndefined } from '../cms/ber.js';
import { type CertificateFacts, isSelfIssued } from '../cms/certificate.js';
import { buildChain, type Chain, type Sources } from '../longterm/chain.js';
import { weaknessAt } from './algorithm-life.js';
import type { EvidenceStore, FoundEvidence } from './evidence-store.js';
import { type LinkReport, type Sentence, type SubIndication, timeText } from './report.js';

/** What stands against a certificate at a time; the sentence says it of a signer. */
export interface CertificateProblem {
  readonly sub: SubIndication;
  readonly sentence: Sentence;
}

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
  const chain = await buildChain(leaf, court.sources);
  const found = await answers(chain, at, since, court.evidence);
  const links = chain.certificates.map((certificate, index) => linkOf(certificate, index, chain, found[index]));
  const embedded = chain.certificates.every(
    ({ extensions }, index) =>
      !needsAnswer(chain, index) || extensions.ocspNoCheck || found[index]?.from === 'document',
  );
  const problem = chain.anchor
    ? (constraintProblem(chain) ??
      revocationProblem(chain, found, at) ??
      validityProblem(chain, at, proven) ??
      unknownProblem(chain, found) ??
      weakProblem(chain, at))
    : say('NO_CERTIFICATE_CHAIN_FOUND', 'untrusted', {
        signer: leaf.subject.short,
        issuer: chain.certificates.at(-1)?.issuer.short ?? '',
      });
  return { chain, links, embedded, ...(problem && { problem }) };
}

const needsAnswer = ({ certificates, anchor }: Chain, index: number): boolean =>
  index < certificates.length - (anchor ? 1 : 0) && index + 1 < certificates.length;

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

// RFC 5280 §6.1.4 (k)–(o), and critical extensions that are not understood.
function constraintProblem({ certificates }: Chain): CertificateProblem | undefined {
  const [leaf] = certificates;
  let below = 0;
  for (const [index, certificate] of certificates.entries()) {
    const { ca, pathLength, usage, unknownCritical } = certificate.extensions;
    const last = index === certificates.length - 1;
    const facts = { signer: leaf.subject.short, certificate: certificate.subject.short };
    if (unknownCritical.length > 0) return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', facts);
    if (index === 0) continue;
    // Anchors are trusted as they are, old ones without basicConstraints too.
    if (!last && (!ca || (usage && !usage.includes('keyCertSign'))))
      return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', facts);
    if (pathLength !== undefined && below > pathLength) return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', facts);
    if (!isSelfIssued(certificate)) below += 1;
  }
  return undefined;
}

function revocationProblem(
  { certificates }: Chain,
  found: readonly (FoundEvidence | undefined)[],
  at: number,
): CertificateProblem | undefined {
  for (const [index, certificate] of certificates.entries()) {
    const revokedAt = found[index]?.evidence.revokedAt;
    if (revokedAt === undefined || revokedAt > at) continue;
    const facts = {
      signer: certificates[0].subject.short,
      certificate: certificate.subject.short,
      time: timeText(revokedAt),
    };
    return index === 0 ? say('REVOKED_NO_POE', 'revoked', facts) : say('REVOKED_CA_NO_POE', 'revoked-ca', facts);
  }
  return undefined;
}

function validityProblem({ certificates, anchor }: Chain, at: number, proven: boolean): CertificateProblem | undefined {
  const [leaf] = certificates;
  for (const certificate of certificates) {
    if (certificate === anchor?.certificate || certificate.sha256 === anchor?.certificate.sha256) continue;
    const facts = { signer: leaf.subject.short, certificate: certificate.subject.short };
    if (at < certificate.notBefore) {
      return say(certificate === leaf ? 'NOT_YET_VALID' : 'OUT_OF_BOUNDS_NO_POE', 'not-yet-valid', {
        ...facts,
        time: timeText(certificate.notBefore),
      });
    }
    if (at > certificate.notAfter) {
      return say('OUT_OF_BOUNDS_NO_POE', proven ? 'expired-then' : 'expired', {
        ...facts,
        time: timeText(certificate.notAfter),
      });
    }
  }
  return undefined;
}

function unknownProblem(chain: Chain, found: readonly (FoundEvidence | undefined)[]): CertificateProblem | undefined {
  const index = chain.certificates.findIndex(
    ({ extensions }, at) => needsAnswer(chain, at) && !extensions.ocspNoCheck && !found[at],
  );
  const certificate = chain.certificates[index];
  const facts = { signer: chain.certificates[0].subject.short, certificate: certificate?.subject.short ?? '' };
  return certificate && say('TRY_LATER', 'revocation-unknown', facts);
}

function weakProblem(chain: Chain, at: number): CertificateProblem | undefined {
  for (const [index, { key, signatureAlgorithm }] of chain.certificates.entries()) {
    if (!needsAnswer(chain, index)) continue;
    const algorithm = weaknessAt(
      orUndefined(() => schemeOf(signatureAlgorithm)),
      key,
      at,
    );
    if (algorithm)
      return say('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'weak', {
        signer: chain.certificates[0].subject.short,
        algorithm,
      });
  }
  return undefined;
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

function say(sub: SubIndication, key: string, facts: Sentence['facts']): CertificateProblem {
  return { sub, sentence: { key: `verify.${key}`, facts } };
}
