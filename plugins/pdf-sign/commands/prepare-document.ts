import type { DocumentId, Message } from '@sigill/core';
import { contentsSize } from '../cms/contents-size.js';
import { digestOfAlgorithm } from '@sigill/core/cms';
import { type SignedAttributes, signedAttributes } from '../cms/signed-attributes.js';
import { examine } from '../pdf/examine.js';
import { openPdf, type Pdf } from '../pdf/open-pdf.js';
import { type PreparedSignature, prepareSignature, type SignatureWish } from '../pdf/signature-update.js';
import { type EarlierSignature, earlierSignatures } from './check-signed.js';
import type { Credential } from './credential.js';
import { appendAll, documentSource, rangesOf } from './document-source.js';
import { reaches } from './levels.js';
import { looksOf } from './looks.js';
import { pdfTime } from './pdf-time.js';
import { personName } from './person-name.js';
import { factsAsValues, Refusal } from './refusal.js';
import type { TimeStamper } from './time-stamper.js';
import type { Wish } from './wish.js';
import type { Work } from './work.js';

/** What every document of a command is signed with. */
export interface SigningMeans {
  readonly wish: Wish;
  readonly credential: Credential;
  /** From B-T on. */
  readonly stamper?: TimeStamper | undefined;
  readonly time: Date;
}

/** A draft that lacks nothing but the card's signature. */
export interface PreparedDocument {
  readonly document: DocumentId;
  readonly name: string;
  readonly draft: DocumentId;
  readonly signature: Omit<PreparedSignature, 'bytes'>;
  readonly attributes: SignedAttributes;
  readonly earlier: readonly EarlierSignature[];
  /** What the person should know. */
  readonly notes: readonly Message[];
}

/**
 * Looks whether a document can be signed without breaking anything; gives what should be known beforehand.
 * Fails with a `Refusal`, as `openPdf` does, and for what cannot be read.
 */
export async function checkBefore(
  { documents }: Work,
  document: DocumentId,
  { wish, credential }: SigningMeans,
): Promise<{ readonly pdf: Pdf; readonly notes: readonly Message[]; readonly asked: SignatureWish }> {
  const { passwordOf, place, level, format, field, reason, location, certify } = wish;
  const pdf = await openPdf(await documentSource(documents, document), {
    password: passwordOf(document),
    page: place?.page,
  });
  const asked: SignatureWish = {
    subFilter: format === 'pades' ? 'ETSI.CAdES.detached' : 'adbe.pkcs7.detached',
    contentsSize: 0,
    field,
    reason,
    location,
    certify,
    program: 'Sigill',
    ...(place && { appearance: { objects: [], at: { page: place.page, rect: [0, 0, 0, 0] } } }),
  };
  const digest = digestOfAlgorithm(credential.algorithm).replace('-', '');
  const { refusal, notes } = examine(pdf, { ...asked, digest, timestamp: reaches(level, 'B-T') });
  if (refusal) throw new Refusal(refusal.code, refusal.facts);
  return { pdf, asked, notes: notes.map(({ code, facts }) => ({ key: code, values: factsAsValues(facts) })) };
}

/** Makes the draft of one document and what the card is to sign. Fails as `checkBefore` does, and for a place that cannot be written to. */
export async function prepareDocument(
  work: Work,
  document: DocumentId,
  means: SigningMeans,
): Promise<PreparedDocument> {
  const { documents } = work;
  const { wish, credential, stamper, time } = means;
  const { name } = await documents.info(document);
  const { pdf, notes, asked } = await checkBefore(work, document, means);
  const earlier = await earlierSignatures(pdf);
  const signer = personName(credential.certificate.subject.text);
  const appearance = await looksOf(work, pdf, wish, signer, time);
  const { certificates, algorithm } = credential;
  const { bytes, ...signature } = await prepareSignature(pdf, {
    ...asked,
    appearance,
    signer,
    time: pdfTime(time),
    contentsSize: contentsSize({ certificates, ...(stamper && { timestamp: stamper.size }) }),
  });
  const draft = await documents.draft(document);
  await appendAll(documents, draft, bytes);
  const digest = digestOfAlgorithm(algorithm);
  const attributes = signedAttributes({
    documentDigest: await documents.digest(draft, digest, rangesOf(signature.byteRange)),
    algorithm,
    certificate: credential.certificate.der,
    ...(wish.format === 'pkcs7' && { signingTime: time }),
  });
  return { document, name, draft, signature, attributes, earlier, notes };
}
