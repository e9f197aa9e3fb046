import type { PdfSignatureCheck, SignatureInput } from './check-pdf-signature.js';
import type { CertificateVerdict } from './judge-certificate.js';
import type { Proof } from './judge-signature.js';
import type { TimestampVerdict } from './judge-timestamp.js';
import type { Level } from './report.js';

/** What a level rests on. */
export interface LevelFacts {
  readonly tokens: readonly TimestampVerdict[];
  readonly proofs: readonly Proof[];
  readonly verdict?: CertificateVerdict;
}

/**
 * The level that a signature has reached (ETSI EN 319 142-1 §6): T with a timestamp that proves its time, LT when in addition every answer on
 * its certificates and those of that timestamp's authority stands in the document, LTA when a document timestamp came after it then.
 */
export function levelOf({ subFilter }: SignatureInput, { binding }: PdfSignatureCheck, facts: LevelFacts): Level {
  const letter = letterOf(facts);
  if (subFilter === 'ETSI.CAdES.detached' && binding === 'bound') return `PAdES-B-${letter}`;
  return `${subFilter === 'adbe.x509.rsa_sha1' ? 'PKCS1' : 'PKCS7'}-${letter}`;
}

function letterOf({ tokens, proofs, verdict }: LevelFacts): 'B' | 'T' | 'LT' | 'LTA' {
  const own = tokens.filter(({ time }) => time !== undefined);
  // Without a timestamp of its own the oldest document timestamp stands for it; proofs are the newest first.
  const basis = own.length > 0 ? own : proofs.slice(-1);
  if (basis.length === 0) return 'B';
  const complete = verdict?.chain.anchor !== undefined && verdict.embedded && basis.some(({ embedded }) => embedded);
  if (!complete) return 'T';
  // The newest document timestamp may wait for its own answers: the next one brings them.
  return proofs.length > (own.length > 0 ? 0 : 1) ? 'LTA' : 'LT';
}
