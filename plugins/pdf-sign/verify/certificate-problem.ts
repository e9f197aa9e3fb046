import { type Chain, isSelfIssued, orUndefined, schemeOf } from '@sigill/core/cms';
import { weaknessAt } from './algorithm-life.js';
import type { FoundEvidence } from './evidence-store.js';
import { type Sentence, type SubIndication, timeText } from './report.js';

/** What stands against a certificate at a time; the sentence says it of a signer. */
export interface CertificateProblem {
  readonly sub: SubIndication;
  readonly sentence: Sentence;
}

/** Answers in the order of the chain's certificates. */
type Answers = readonly (FoundEvidence | undefined)[];

/** The first thing that stands against a chain at `at`, in the order of ETSI EN 319 102-1 §5.2.6; undefined when nothing does. */
export function certificateProblem(
  chain: Chain,
  found: Answers,
  at: number,
  proven: boolean,
): CertificateProblem | undefined {
  const [leaf] = chain.certificates;
  if (!chain.anchor) {
    const issuer = chain.certificates.at(-1)?.issuer.short ?? '';
    return say('NO_CERTIFICATE_CHAIN_FOUND', 'untrusted', { signer: leaf.subject.short, issuer });
  }
  return (
    constraintProblem(chain) ??
    revocationProblem(chain, found, at) ??
    validityProblem(chain, at, proven) ??
    unknownProblem(chain, found) ??
    weakProblem(chain, at)
  );
}

/** True for a certificate of the chain whose state its issuer must tell: all below the anchor. */
export const needsAnswer = ({ certificates, anchor }: Chain, index: number): boolean =>
  index < certificates.length - (anchor ? 1 : 0) && index + 1 < certificates.length;

// RFC 5280 §6.1.4 (k)–(o), and critical extensions that are not understood.
function constraintProblem({ certificates }: Chain): CertificateProblem | undefined {
  const [leaf] = certificates;
  let below = 0;
  for (const [index, certificate] of certificates.entries()) {
    const { ca, pathLength, usage, unknownCritical } = certificate.extensions;
    const last = index === certificates.length - 1;
    const values = { signer: leaf.subject.short, certificate: certificate.subject.short };
    if (unknownCritical.length > 0) return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', values);
    if (index === 0) continue;
    // Anchors are trusted as they are, old ones without basicConstraints too.
    if (!last && (!ca || (usage && !usage.includes('keyCertSign'))))
      return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', values);
    if (pathLength !== undefined && below > pathLength) return say('CHAIN_CONSTRAINTS_FAILURE', 'constraints', values);
    if (!isSelfIssued(certificate)) below += 1;
  }
  return undefined;
}

function revocationProblem({ certificates }: Chain, found: Answers, at: number): CertificateProblem | undefined {
  for (const [index, certificate] of certificates.entries()) {
    const revokedAt = found[index]?.evidence.revokedAt;
    if (revokedAt === undefined || revokedAt > at) continue;
    const values = {
      signer: certificates[0].subject.short,
      certificate: certificate.subject.short,
      time: timeText(revokedAt),
    };
    return index === 0 ? say('REVOKED_NO_POE', 'revoked', values) : say('REVOKED_CA_NO_POE', 'revoked-ca', values);
  }
  return undefined;
}

function validityProblem({ certificates, anchor }: Chain, at: number, proven: boolean): CertificateProblem | undefined {
  const [leaf] = certificates;
  for (const certificate of certificates) {
    if (certificate === anchor?.certificate || certificate.sha256 === anchor?.certificate.sha256) continue;
    const values = { signer: leaf.subject.short, certificate: certificate.subject.short };
    if (at < certificate.notBefore) {
      return say(certificate === leaf ? 'NOT_YET_VALID' : 'OUT_OF_BOUNDS_NO_POE', 'not-yet-valid', {
        ...values,
        time: timeText(certificate.notBefore),
      });
    }
    if (at > certificate.notAfter) {
      return say('OUT_OF_BOUNDS_NO_POE', proven ? 'expired-then' : 'expired', {
        ...values,
        time: timeText(certificate.notAfter),
      });
    }
  }
  return undefined;
}

function unknownProblem(chain: Chain, found: Answers): CertificateProblem | undefined {
  const index = chain.certificates.findIndex(
    ({ extensions }, at) => needsAnswer(chain, at) && !extensions.ocspNoCheck && !found[at],
  );
  const certificate = chain.certificates[index];
  const values = { signer: chain.certificates[0].subject.short, certificate: certificate?.subject.short ?? '' };
  return certificate && say('TRY_LATER', 'revocation-unknown', values);
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

function say(sub: SubIndication, key: string, values: Sentence['values']): CertificateProblem {
  return { sub, sentence: { key: `verify.${key}`, values: values } };
}
