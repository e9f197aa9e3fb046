import type { DigestName } from '@sigill/core/cms';
import { checkToken } from '../timestamp/check-token.js';
import { weaknessAt } from './algorithm-life.js';
import { type Court, judgeCertificate } from './judge-certificate.js';
import { type Sentence, timeText, type TimestampReport } from './report.js';

/** A judged token: what is told, and what the verdict on signatures needs. */
export interface TimestampVerdict {
  readonly report: TimestampReport;
  /** Milliseconds since 1970; present when it proves something. */
  readonly time?: number;
  /** Every answer on its authority stands in the document. */
  readonly embedded: boolean;
  /** What to say of a document timestamp that does not pass. */
  readonly sentence: Sentence;
}

/** Judges a token at time `at`: now, or a time before which a later timestamp proves it. `digest` gives that of the stamped bytes. */
export async function judgeTimestamp(
  kind: TimestampReport['kind'],
  bytes: Uint8Array,
  digest: (algorithm: DigestName) => Promise<Uint8Array | undefined>,
  at: number,
  proven: boolean,
  court: Court,
): Promise<TimestampVerdict> {
  const pool = court.sources.pool.map(({ der }) => der);
  const checked = await checkToken(bytes, digest, pool);
  const { token, certificate } = checked;
  const told = {
    kind,
    ...(token && { time: new Date(token.time).toISOString() }),
    ...(certificate && { authority: certificate.subject.short }),
  };
  const facts = { authority: certificate?.subject.short ?? '?', time: token ? timeText(token.time) : '?' };
  if ('fault' in checked) {
    const indication =
      checked.fault === 'algorithm' || checked.fault === 'certificate-missing' ? 'INDETERMINATE' : 'FAILED';
    const sentence = { key: `verify.stamp.${checked.fault}`, values: facts } as const;
    return { report: { ...told, indication, why: checked.fault, chain: [] }, embedded: false, sentence };
  }
  const verdict = await judgeCertificate(checked.certificate, at, proven, court, Math.min(at, checked.token.time));
  const { anchor } = verdict.chain;
  const weak =
    weaknessAt(checked.digest, checked.certificate.key, at) ?? weaknessAt(checked.token.digestAlgorithm, undefined, at);
  const why = verdict.problem?.sub ?? (weak === undefined ? undefined : 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE');
  const report: TimestampReport = {
    ...told,
    indication: why ? 'INDETERMINATE' : 'PASSED',
    ...(why && { why }),
    chain: verdict.links,
    ...(anchor && { trust: anchor.source }),
  };
  const key = why ? 'verify.stamp.not-trusted' : 'verify.stamp.passed';
  return {
    report,
    embedded: verdict.embedded,
    sentence: { key, values: facts },
    ...(why ? {} : { time: checked.token.time }),
  };
}
