import { oids } from '@sigill/core/cms';
import type { PdfSignatureCheck, SignatureInput } from './check-pdf-signature.js';
import type { TimestampVerdict } from './judge-timestamp.js';
import { type Sentence, timeText } from './report.js';

/** A claimed time that is later than the proven one by more than this is worth a word. Milliseconds. */
const tolerance = 600_000;

/** What should be said beside the verdict. */
export function notesOf(
  signature: SignatureInput,
  check: PdfSignatureCheck,
  tokens: readonly TimestampVerdict[],
  proven: number | undefined,
): Sentence[] {
  const notes: Sentence[] = [];
  const note = (key: string, facts: Sentence['values'] = {}): void =>
    void notes.push({ key: `verify.note.${key}`, values: facts });
  if (check.fault) return notes;
  if (signature.subFilter !== 'ETSI.CAdES.detached') note('not-pades', { kind: signature.subFilter ?? '?' });
  else if (check.binding === 'absent') note('not-bound');
  if (check.signer?.signed?.values.has(oids.signaturePolicy)) note('policy');
  if (signature.changes === 'allowed') note('changes-allowed');
  if (signature.changes === 'unknown') note('changes-unknown');
  for (const { report, sentence } of tokens) {
    if (report.indication !== 'PASSED') notes.push(sentence);
  }
  const claimed = signature.claimedTime;
  if (claimed !== undefined && proven !== undefined && claimed > proven + tolerance) {
    note('claimed-later', { claimed: timeText(claimed), time: timeText(proven) });
  }
  return notes;
}
