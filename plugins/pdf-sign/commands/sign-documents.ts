import {
  type CommandArguments,
  type CommandContext,
  type CommandResult,
  type DocumentSignature,
  Failure,
  isFailure,
  type Message,
  type Progress,
} from '@sigill/core';
import type { EvidenceBag } from '../longterm/collect-evidence.js';
import { evidenceFor } from './add-long-term.js';
import { chooseCertificate } from './choose-certificate.js';
import { credentialOf } from './credential.js';
import { finishDocument, levelName } from './finish-document.js';
import { reaches } from './levels.js';
import { failedOutcome, type Outcome, outcomesResult } from './outcome.js';
import { checkBefore, prepareDocument, type PreparedDocument, type SigningMeans } from './prepare-document.js';
import { problemOf } from './refusal.js';
import { openTimeStamper } from './time-stamper.js';
import { type Wish, wishFrom } from './wish.js';
import type { Work } from './work.js';

/**
 * Signs documents with one consent. Everything that can be known beforehand is asked before the PIN: the certificate, the time-stamp authority, each
 * document's own rules, room on the disk. What fails for one document does not stop the others. `dry`: no more than that.
 */
export async function signDocuments(
  work: Work,
  args: CommandArguments,
  progress: Progress,
  { language, cancelled }: CommandContext,
  dry = false,
): Promise<CommandResult> {
  const wish = await wishFrom(args, work.settings, language);
  const { means, fit } = await meansFor(work, wish);
  const before = await evidenceNow(work, means);
  const notes: Message[] = fit === 'good' ? [] : [{ key: `sign.note.${fit}` }];
  if (before?.trusted === false) notes.push({ key: 'sign.note.untrusted' });
  const outcomes = new Map<string, Outcome>();
  const prepared: PreparedDocument[] = [];
  const count = wish.documents.length;
  for (const [at, document] of wish.documents.entries()) {
    if (cancelled()) throw new Failure('cancelled', {});
    const { name } = await work.documents.info(document);
    progress.report({ message: { key: 'progress.prepare', values: { at: at + 1, count, name } }, value: at / count });
    try {
      if (dry) outcomes.set(document, await examined(work, document, name, means));
      else prepared.push(await prepareDocument(work, document, means));
    } catch (error) {
      outcomes.set(document, failedOutcome(document, name, error));
    }
  }
  if (prepared.length > 0) {
    for (const one of await signPrepared(work, prepared, means, before, progress, cancelled))
      outcomes.set(one.document, one);
  }
  return outcomesResult(
    wish.documents.flatMap((document) => outcomes.get(document) ?? []),
    notes,
  );
}

async function meansFor(work: Work, wish: Wish): Promise<{ readonly means: SigningMeans; readonly fit: string }> {
  const candidate = await chooseCertificate(work.cards, work.settings, wish);
  const credential = await credentialOf(work, candidate, wish);
  const stamper =
    reaches(wish.level, 'B-T') && wish.tsa !== undefined ? await openTimeStamper(work.net, wish.tsa) : undefined;
  return { means: { wish, credential, stamper, time: new Date() }, fit: candidate.fit };
}

async function signPrepared(
  work: Work,
  prepared: readonly PreparedDocument[],
  means: SigningMeans,
  before: EvidenceBag | undefined,
  progress: Progress,
  cancelled: () => boolean,
): Promise<readonly Outcome[]> {
  const { card, key, algorithm } = means.credential;
  const documents = prepared.map(({ draft, attributes }) => ({ document: draft, digest: attributes.digest }));
  const signatures = await work.signing.signDocuments({ card, key, algorithm, documents });
  // Answers of after the signature say more than those of before it; these stand in when a service has gone since.
  const evidence =
    before &&
    (await evidenceNow(work, means).catch(async (error: unknown) => {
      if (!isFailure(error, 'certificate-revoked')) return before;
      for (const one of prepared) await forget(work, one, error);
      throw error;
    }));
  const outcomes: Outcome[] = [];
  // Who stops in the midst of the codes still gets what the card has signed until then.
  const stopped = cancelled() ? () => false : cancelled;
  for (const [at, one] of prepared.entries()) {
    const { document, name } = one;
    const values = { at: at + 1, count: prepared.length, name };
    progress.report({ message: { key: 'progress.finish', values }, value: at / prepared.length });
    try {
      if (stopped()) throw new Failure('cancelled', {});
      outcomes.push(await finishDocument(work, one, means, valueOf(signatures[at]), evidence));
    } catch (error) {
      await forget(work, one, error);
      outcomes.push(failedOutcome(document, name, error));
    }
  }
  return outcomes;
}

/** The journal is told why what the card signed came to nothing. */
async function forget({ documents }: Work, { draft }: PreparedDocument, error: unknown): Promise<void> {
  // One whose delivery failed is gone already.
  await documents.discard(draft, problemOf(error).key).catch(() => {});
}

function valueOf(signature: DocumentSignature | undefined): Uint8Array {
  if (signature === undefined) throw new Failure('cancelled', {});
  if ('value' in signature) return signature.value;
  throw new Failure(signature.failure.code, signature.failure.facts as never);
}

async function evidenceNow(
  { net, trust }: Work,
  { wish, credential, stamper }: SigningMeans,
): Promise<EvidenceBag | undefined> {
  if (!reaches(wish.level, 'B-LT') || stamper === undefined) return undefined;
  const { readSignedData } = await import('@sigill/core/cms');
  const known = [
    ...credential.certificates,
    ...credential.issuers,
    ...(readSignedData(stamper.token)?.certificates ?? []),
  ];
  return await evidenceFor(net, await trust.anchors(), [credential.certificate.der, stamper.certificate], known);
}

async function examined(work: Work, document: string, name: string, means: SigningMeans): Promise<Outcome> {
  const { notes } = await checkBefore(work, document, means);
  const level = levelName(means.wish);
  const ready = { key: 'sign.ready', values: { name, level } };
  return { document, name, state: 'ready', level, messages: [ready, ...notes] };
}
