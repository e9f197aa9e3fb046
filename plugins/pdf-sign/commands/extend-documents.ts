import {
  type CommandArguments,
  type CommandContext,
  type CommandResult,
  type DocumentId,
  Failure,
  type Progress,
} from '@sigill/core';
import { openPdf } from '../pdf/open-pdf.js';
import { readSignedData } from '@sigill/core/cms';
import { addDocumentTimestamp, addEvidence, certificatesIn, evidenceFor, type LastingDraft } from './add-long-term.js';
import { checkEarlier, earlierSignatures } from './check-signed.js';
import { documentSource } from './document-source.js';
import { type Level, reaches } from './levels.js';
import { failedOutcome, type Outcome, outcomesResult } from './outcome.js';
import { type Passwords, passwordsIn } from './passwords.js';
import { problemOf, Refusal } from './refusal.js';
import { openTimeStamper, type TimeStamper } from './time-stamper.js';
import { documentsIn, levelIn } from './wish.js';
import type { Work } from './work.js';

interface Extension {
  readonly level: Level;
  readonly stamper: TimeStamper;
  readonly passwordOf: Passwords;
}

/** Makes signed documents last longer, without a card: a timestamp, then what proves the certificates, then a timestamp over all of it. */
export async function extendDocuments(
  work: Work,
  args: CommandArguments,
  progress: Progress,
  { cancelled }: CommandContext,
): Promise<CommandResult> {
  const documents = documentsIn(args);
  const { level, tsa } = await levelIn(args, work.settings);
  if (!reaches(level, 'B-T') || tsa === undefined) throw new Refusal('extend.level', { level });
  const extension = { level, stamper: await openTimeStamper(work.net, tsa), passwordOf: passwordsIn(args) };
  const outcomes: Outcome[] = [];
  for (const [at, document] of documents.entries()) {
    const { name } = await work.documents.info(document);
    const values = { at: at + 1, count: documents.length, name };
    progress.report({ message: { key: 'progress.extend', values }, value: at / documents.length });
    try {
      if (cancelled()) throw new Failure('cancelled', {});
      outcomes.push(await extendDocument(work, document, name, extension));
    } catch (error) {
      outcomes.push(failedOutcome(document, name, error));
    }
  }
  return outcomesResult(outcomes);
}

async function extendDocument(
  { documents, net, trust }: Work,
  document: DocumentId,
  name: string,
  { level, stamper, passwordOf }: Extension,
): Promise<Outcome> {
  const password = passwordOf(document);
  const pdf = await openPdf(await documentSource(documents, document), { password });
  if (pdf.signatures.length === 0) throw new Refusal('extend.unsigned');
  const earlier = await earlierSignatures(pdf);
  const draft = await documents.draft(document);
  const own: LastingDraft = { documents, draft, password };
  try {
    const { targets, known, needsStamp } = await certificatesIn(own);
    if (needsStamp || level === 'B-T') await addDocumentTimestamp(own, stamper);
    if (reaches(level, 'B-LT')) {
      const all = [...known, ...(readSignedData(stamper.token)?.certificates ?? [])];
      await addEvidence(own, await evidenceFor(net, await trust.anchors(), [...targets, stamper.certificate], all));
    }
    if (reaches(level, 'B-LTA')) await addDocumentTimestamp(own, stamper);
    await checkEarlier(await openPdf(await documentSource(documents, draft), { password }), earlier);
    const result = await documents.deliver({ draft, suffix: 'extended', note: { level } });
    const done = { key: 'extend.done', values: { name, result: result.name, level } };
    return { document, name, state: 'extended', result, level, messages: [done] };
  } catch (error) {
    await documents.discard(draft, problemOf(error).key).catch(() => {});
    throw error;
  }
}
