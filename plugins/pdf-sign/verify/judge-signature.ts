import { type CertificateFacts, digestOf, oids } from '@sigill/core/cms';
import { isMeantForSignatures } from './certificate-use.js';
import { weaknessAt } from './algorithm-life.js';
import { checkPdfSignature, type PdfSignatureCheck, type SignatureInput } from './check-pdf-signature.js';
import { type Court, judgeCertificate } from './judge-certificate.js';
import { judgeTimestamp, type TimestampVerdict } from './judge-timestamp.js';
import { levelOf } from './level.js';
import { notesOf } from './notes.js';
import { type Indication, type Sentence, type SignatureReport, type SubIndication, timeText } from './report.js';

/** A later document timestamp that proves that what it covers existed. */
export interface Proof {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Every answer on its authority stands in the document. */
  readonly embedded: boolean;
}

/** Timestamps inside of one signature that are judged. */
const mostTokens = 8;

/** Judges one signature (ETSI EN 319 102-1 §5.3, §5.5): its bytes, its timestamps, then its certificate at the time that they prove. */
export async function judgeSignature(
  signature: SignatureInput,
  proofs: readonly Proof[],
  now: number,
  court: Court,
): Promise<SignatureReport> {
  const check = await checkPdfSignature(
    signature,
    court.sources.pool.map(({ der }) => der),
  );
  const { certificate, scheme } = check;
  const later = Math.min(now, ...proofs.map(({ time }) => time));
  const tokens = await judgeTokens(check, later, proofs.length > 0, court);
  const times = [
    ...proofs.map(({ time }) => time),
    ...tokens.flatMap(({ time }) => (time === undefined ? [] : [time])),
  ];
  const proven = times.length > 0 ? Math.min(...times) : undefined;
  const at = proven ?? now;
  const verdict = certificate && (await judgeCertificate(certificate, at, proven !== undefined, court));
  const problem = check.fault
    ? faultProblem(check.fault, check)
    : certificate && (ownProblem(signature, certificate, check, at) ?? verdict?.problem);
  const sub = problem?.sub;
  const passed: Sentence =
    proven === undefined
      ? { key: 'verify.passed', values: { signer: nameOf(certificate) } }
      : { key: 'verify.passed-proven', values: { signer: nameOf(certificate), time: timeText(proven) } };
  return {
    kind: 'signature',
    indication: indicationOf(sub),
    ...(sub && { subIndication: sub }),
    sentence: problem?.sentence ?? passed,
    ...(check.fault ? {} : { level: levelOf(signature, check, { tokens, proofs, ...(verdict && { verdict }) }) }),
    subFilter: signature.subFilter ?? '',
    ...(certificate && { signer: certificate.subject.short }),
    chain: verdict?.links ?? [],
    ...(verdict?.chain.anchor && { trust: verdict.chain.anchor.source }),
    ...(signature.claimedTime !== undefined && { claimedTime: new Date(signature.claimedTime).toISOString() }),
    ...(proven !== undefined && { provenTime: new Date(proven).toISOString() }),
    ...(scheme && { algorithm: `${{ pkcs1: 'RSA', pss: 'RSA-PSS', ecdsa: 'ECDSA' }[scheme.kind]} ${scheme.digest}` }),
    timestamps: tokens.map(({ report }) => report),
    notes: notesOf(signature, check, tokens, proven),
  };
}

async function judgeTokens(
  { signer, fault }: PdfSignatureCheck,
  at: number,
  proven: boolean,
  court: Court,
): Promise<TimestampVerdict[]> {
  const verdicts: TimestampVerdict[] = [];
  if (!signer || fault === 'FORMAT_FAILURE') return verdicts;
  for (const token of (signer.unsigned?.values.get(oids.timestampToken) ?? []).slice(0, mostTokens)) {
    const stamped = async (algorithm: Parameters<typeof digestOf>[0]): Promise<Uint8Array> =>
      digestOf(algorithm, signer.value);
    verdicts.push(await judgeTimestamp('signature', token.raw, stamped, at, proven, court));
  }
  return verdicts;
}

interface Problem {
  readonly sub: SubIndication;
  readonly sentence: Sentence;
}

// What is wrong beside the certificate's own state: later changes, use, strength.
function ownProblem(
  { changes }: SignatureInput,
  certificate: CertificateFacts,
  { scheme, digests }: PdfSignatureCheck,
  at: number,
): Problem | undefined {
  const signer = certificate.subject.short;
  if (changes === 'forbidden')
    return { sub: 'SIG_CONSTRAINTS_FAILURE', sentence: { key: 'verify.changed-after', values: { signer } } };
  if (!isMeantForSignatures(certificate.extensions)) {
    return { sub: 'CHAIN_CONSTRAINTS_FAILURE', sentence: { key: 'verify.wrong-use', values: { signer } } };
  }
  const weak = [scheme, ...digests].map((each) => weaknessAt(each, certificate.key, at));
  const algorithm = weak.find((each) => each !== undefined);
  return algorithm === undefined
    ? undefined
    : { sub: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', sentence: { key: 'verify.weak', values: { signer, algorithm } } };
}

function faultProblem(sub: SubIndication, { certificate, signer }: PdfSignatureCheck): Problem {
  const algorithm = signer?.algorithm.id ?? '';
  return { sub, sentence: { key: `verify.fault.${sub}`, values: { signer: nameOf(certificate), algorithm } } };
}

/** The indication that a sub-indication belongs to (ETSI EN 319 102-1 §5.1.3). */
export function indicationOf(sub: SubIndication | undefined): Indication {
  if (!sub) return 'TOTAL-PASSED';
  const failed: readonly SubIndication[] = ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'NOT_YET_VALID'];
  return failed.includes(sub) ? 'TOTAL-FAILED' : 'INDETERMINATE';
}

const nameOf = (certificate: CertificateFacts | undefined): string => certificate?.subject.short ?? '?';
