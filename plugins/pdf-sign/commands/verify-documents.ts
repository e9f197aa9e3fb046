import type {
  CommandArguments,
  CommandResult,
  DocumentId,
  Json,
  Message,
  Net,
  Progress,
  TrustAnchor,
} from '@sigill/core';
import { type Change, changesSince } from '../pdf/changes.js';
import { readLongTerm } from '../pdf/long-term-update.js';
import { openPdf, type Pdf } from '../pdf/open-pdf.js';
import { isPdfError } from '../pdf/pdf-error.js';
import type { SignatureFacts } from '../pdf/signatures.js';
import type { SignatureInput } from '../verify/check-pdf-signature.js';
import type { SignatureReport } from '../verify/report.js';
import { validateDocument } from '../verify/validate-document.js';
import { documentSource, rangesOf } from './document-source.js';
import { timeOfPdf } from './pdf-time.js';
import { passwordsIn } from './passwords.js';
import { problemOf } from './refusal.js';
import { anchorsFor } from './trust-in.js';
import { documentsIn, textIn } from './wish.js';
import type { Work } from './work.js';

/** Milliseconds that a service may take to say whether a certificate was revoked, while a person waits for a verdict. */
const patience = 10_000;

type Verdict = 'valid' | 'invalid' | 'uncertain' | 'unsigned' | 'unreadable';

/** Says of each signature of each document whether it holds, in one sentence, with all that it rests on as data. */
export async function verifyDocuments(work: Work, args: CommandArguments, progress: Progress): Promise<CommandResult> {
  const documents = documentsIn(args);
  const anchors = await anchorsFor(work.trust, work.documents, textIn(args, 'trust'));
  const passwordOf = passwordsIn(args);
  const found: { readonly messages: readonly Message[]; readonly data: Json }[] = [];
  for (const [at, document] of documents.entries()) {
    const { name } = await work.documents.info(document);
    const values = { at: at + 1, count: documents.length, name };
    progress.report({ message: { key: 'progress.verify', values }, value: at / documents.length });
    found.push(await verifyDocument(work, document, name, anchors, passwordOf(document)));
  }
  return {
    messages: found.flatMap(({ messages }) => messages).slice(0, 100),
    data: { documents: found.map(({ data }) => data) },
  };
}

async function verifyDocument(
  work: Work,
  document: DocumentId,
  name: string,
  anchors: readonly TrustAnchor[],
  password: string | undefined,
): Promise<{ readonly messages: readonly Message[]; readonly data: Json }> {
  const answer = (verdict: Verdict, own: readonly Message[], more: Readonly<Record<string, Json>> = {}) => {
    const messages = [{ key: `document.${verdict}`, values: { name } }, ...own];
    return { messages, data: { document, name, verdict, ...more, messages: messages as unknown as Json } };
  };
  try {
    const pdf = await openPdf(await documentSource(work.documents, document), { password });
    if (pdf.signatures.length === 0) return answer('unsigned', []);
    const reports = await reportsOf(work, document, pdf, anchors);
    const sentences = reports.flatMap(({ report }) => [report.sentence, ...report.notes]);
    const signatures = reports.map(({ report, field, changes, wholeFile }) => ({
      field,
      wholeFile,
      changes,
      ...report,
    }));
    return answer(verdictOf(reports.map(({ report }) => report)), sentences, {
      signatures: signatures as unknown as Json,
    });
  } catch (error) {
    if (!isPdfError(error)) throw error;
    return answer('unreadable', [problemOf(error)]);
  }
}

async function reportsOf(work: Work, document: DocumentId, pdf: Pdf, anchors: readonly TrustAnchor[]) {
  const dss = await readLongTerm(pdf);
  const seen: {
    readonly input: SignatureInput;
    readonly changes: readonly Change[];
    readonly facts: SignatureFacts;
  }[] = [];
  for (const facts of pdf.signatures) {
    const { judged, changes } = await changesAfter(pdf, facts);
    const digest: SignatureInput['digest'] = (algorithm) =>
      work.documents.digest(document, algorithm, facts.coversAllButContents ? rangesOf(facts.byteRange) : []);
    const { kind, subFilter, contents, coversAllButContents, end, certificates } = facts;
    const input = {
      kind,
      subFilter,
      contents,
      coversAllButContents,
      end,
      certificates,
      digest,
      changes: judged,
      claimedTime: timeOfPdf(facts.time),
    };
    seen.push({ input, changes, facts });
  }
  const reports = await validateDocument({
    signatures: seen.map(({ input }) => input),
    ...(dss && { dss: { certs: dss.certificates, ocsps: dss.ocsps, crls: dss.crls } }),
    anchors,
    net: hurried(work.net),
  });
  return seen.flatMap(({ changes, facts: { field, wholeFile } }, at) => {
    const report = reports[at];
    return report === undefined ? [] : [{ report, field, wholeFile, changes: changes.slice(0, 50) }];
  });
}

async function changesAfter(pdf: Pdf, facts: SignatureFacts) {
  try {
    const { changes, allowed } = await changesSince(pdf, facts);
    const judged = changes.length === 0 ? 'none' : allowed ? 'allowed' : 'forbidden';
    return { changes, judged: judged as SignatureInput['changes'] };
  } catch (error) {
    if (!isPdfError(error)) throw error;
    return { changes: [], judged: 'unknown' as const };
  }
}

/** A document is as good as its worst signature. */
function verdictOf(reports: readonly SignatureReport[]): Verdict {
  const has = (wanted: SignatureReport['indication']): boolean =>
    reports.some(({ indication }) => indication === wanted);
  if (has('TOTAL-FAILED') || reports.some(({ sentence }) => sentence.key === 'verify.changed-after')) return 'invalid';
  return has('INDETERMINATE') ? 'uncertain' : 'valid';
}

const hurried = (net: Net): Net => ({ request: (request) => net.request({ timeout: patience, ...request }) });
