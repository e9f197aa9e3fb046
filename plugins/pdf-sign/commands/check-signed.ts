import type { DocumentId, Documents } from '@sigill/core';
import { changesSince } from '../pdf/changes.js';
import { openPdf, type Pdf } from '../pdf/open-pdf.js';
import { isPdfError } from '../pdf/pdf-error.js';
import type { SignatureFacts } from '../pdf/signatures.js';
import { checkPdfSignature } from '../verify/check-pdf-signature.js';
import { documentSource, rangesOf } from './document-source.js';
import { Refusal } from './refusal.js';

/** A signature that a document had before, and whether what came after it was allowed. */
export interface EarlierSignature {
  readonly field: string;
  readonly allowed: boolean;
}

/** The signatures of a document as they are before it is changed. */
export async function earlierSignatures(pdf: Pdf): Promise<readonly EarlierSignature[]> {
  const found: EarlierSignature[] = [];
  for (const signature of pdf.signatures)
    found.push({ field: signature.field, allowed: await isAllowed(pdf, signature) });
  return found;
}

export interface SignedCheck {
  readonly documents: Documents;
  readonly draft: DocumentId;
  readonly password?: string | undefined;
  readonly field: string;
  /** Hex of SHA-256 over the certificate. */
  readonly certificate: string;
  readonly earlier: readonly EarlierSignature[];
}

/**
 * Reads a signed draft back as a verifier would: its own signature covers all of it, its digest and value are right, its certificate is the chosen
 * one, and no earlier signature has become worse. Fails with a `Refusal`: such a draft must not be delivered.
 */
export async function checkSigned(check: SignedCheck): Promise<void> {
  const { documents, draft, password, field, earlier } = check;
  const pdf = await openPdf(await documentSource(documents, draft), { password });
  const own = pdf.signatures.find((one) => one.field === field);
  if (own === undefined || !own.wholeFile) throw failed('not-whole');
  const { fault, certificate } = await checkPdfSignature(
    {
      ...own,
      digest: (algorithm) => documents.digest(draft, algorithm, rangesOf(own.byteRange)),
      claimedTime: undefined,
    },
    [],
  );
  if (fault !== undefined) throw failed(fault);
  if (certificate?.sha256 !== check.certificate) throw failed('certificate');
  await checkEarlier(pdf, earlier);
}

/** Every earlier signature is still there, and none has become worse. Fails with a `Refusal`. */
export async function checkEarlier(pdf: Pdf, earlier: readonly EarlierSignature[]): Promise<void> {
  for (const { field, allowed } of earlier) {
    const now = pdf.signatures.find((one) => one.field === field);
    if (now === undefined || (allowed && !(await isAllowed(pdf, now)))) throw failed('earlier');
  }
}

const failed = (why: string): Refusal => new Refusal('sign.check-failed', { why });

async function isAllowed(pdf: Pdf, signature: SignatureFacts): Promise<boolean> {
  try {
    return (await changesSince(pdf, signature)).allowed;
  } catch (error) {
    if (isPdfError(error)) return false;
    throw error;
  }
}
