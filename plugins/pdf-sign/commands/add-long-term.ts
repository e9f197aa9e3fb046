import type { DocumentId, Documents, Net, TrustAnchor } from '@sigill/core';
import { oids, readCertificate, readSignedData } from '@sigill/core/cms';
import { collectEvidence, type EvidenceBag, requireEvidence } from '../longterm/collect-evidence.js';
import { examine } from '../pdf/examine.js';
import { prepareLongTerm, readLongTerm } from '../pdf/long-term-update.js';
import { openPdf } from '../pdf/open-pdf.js';
import { placeContents, prepareSignature } from '../pdf/signature-update.js';
import { appendAll, documentSource, rangesOf } from './document-source.js';
import { Refusal } from './refusal.js';
import type { TimeStamper } from './time-stamper.js';

/** A draft that is to last longer. */
export interface LastingDraft {
  readonly documents: Documents;
  readonly draft: DocumentId;
  readonly password?: string | undefined;
}

/** Everything that proves certificates later. Fails with `evidence-missing`, `certificate-revoked`. */
export async function evidenceFor(
  net: Net,
  anchors: readonly TrustAnchor[],
  targets: readonly Uint8Array[],
  certificates: readonly Uint8Array[],
): Promise<EvidenceBag> {
  const bag = await collectEvidence({ net, targets, certificates, anchors });
  requireEvidence(bag);
  return bag;
}

/** Adds validation data to the draft's /DSS dictionary. */
export async function addEvidence({ documents, draft, password }: LastingDraft, bag: EvidenceBag): Promise<void> {
  const pdf = await openPdf(await documentSource(documents, draft), { password });
  const wish = { certificates: bag.certs, ocsps: bag.ocsps, crls: bag.crls };
  await appendAll(documents, draft, await prepareLongTerm(pdf, wish));
}

/** Adds a document timestamp (ETSI EN 319 142-1 §5.4.3) over all that is in the draft. Fails with a `Refusal` where the document forbids it. */
export async function addDocumentTimestamp(lasting: LastingDraft, stamper: TimeStamper): Promise<void> {
  const { documents, draft, password } = lasting;
  const pdf = await openPdf(await documentSource(documents, draft), { password });
  const wish = { subFilter: 'ETSI.RFC3161', contentsSize: Math.ceil(stamper.size * 1.25) + 2048 } as const;
  const { refusal } = examine(pdf, wish);
  if (refusal) throw new Refusal(refusal.code, refusal.facts);
  const prepared = await prepareSignature(pdf, wish);
  await appendAll(documents, draft, prepared.bytes);
  const { token } = await stamper.stamp(await documents.digest(draft, 'SHA-256', rangesOf(prepared.byteRange)));
  await documents.patch(draft, prepared.contentsOffset, placeContents(prepared, token));
}

/** The certificates of a document whose state must be proven: of signers and of time-stamp authorities; `known` are all that are at hand. */
export async function certificatesIn({ documents, draft, password }: LastingDraft) {
  const pdf = await openPdf(await documentSource(documents, draft), { password });
  const bags = pdf.signatures.flatMap(({ contents }) => {
    const own = readSignedData(contents);
    const tokens = own?.signers.flatMap(({ unsigned }) => unsigned?.values.get(oids.timestampToken) ?? []) ?? [];
    return [own, ...tokens.map(({ raw }) => readSignedData(raw))].flatMap((bag) => bag ?? []);
  });
  const known = [
    ...bags.flatMap(({ certificates }) => certificates),
    ...((await readLongTerm(pdf))?.certificates ?? []),
  ];
  const stamped = pdf.signatures.some(({ kind }) => kind === 'timestamp');
  const unstamped = pdf.signatures.some(
    ({ kind, contents }) =>
      kind === 'signature' &&
      !readSignedData(contents)?.signers.some(({ unsigned }) => unsigned?.values.has(oids.timestampToken)),
  );
  const targets = known.filter((der) => readCertificate(der)?.extensions.ca === false);
  return { targets, known, signatures: pdf.signatures.length, needsStamp: unstamped && !stamped };
}
