/** Every way reading or updating a document can fail, with the facts that belong to it. A code is a message key of the plugin. */
export interface PdfErrors {
  /** There is no PDF in these bytes. */
  'pdf-none': Record<never, never>;
  /** Something that signing needs is not at its place, or is not what it must be. */
  'pdf-damaged': { what: string; object?: number };
  /** A bound was reached: nesting, steps, or bytes. A document made to tire its reader. */
  'pdf-too-complex': { what: string };
  'pdf-password-missing': Record<never, never>;
  'pdf-password-wrong': Record<never, never>;
  /** Encrypted for certificates, or by a handler that is not the standard one. */
  'pdf-encryption-unknown': { handler: string };
  'pdf-page-unknown': { page: number; pages: number };
  'pdf-field-unknown': { field: string };
  'pdf-field-signed': { field: string };
  /** The space kept for the signature is smaller than the signature. Bytes. */
  'pdf-contents-small': { room: number; needed: number };
}

export type PdfErrorCode = keyof PdfErrors;

/** A document that cannot be read or updated, and why. */
export class PdfError<C extends PdfErrorCode = PdfErrorCode> extends Error {
  override readonly name = 'PdfError';
  readonly code: C;
  readonly facts: PdfErrors[C];

  constructor(code: C, facts: PdfErrors[C]) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.code = code;
    this.facts = facts;
  }
}

/** True for an error of this reader; any other error is a bug. */
export function isPdfError(error: unknown, code?: PdfErrorCode): error is PdfError {
  return error instanceof PdfError && (code === undefined || error.code === code);
}

/** The error of something that is not what it must be. */
export function damaged(what: string, object?: number): PdfError<'pdf-damaged'> {
  return new PdfError('pdf-damaged', object === undefined ? { what } : { what, object });
}

/** The error of a bound that was reached. */
export function tooComplex(what: string): PdfError<'pdf-too-complex'> {
  return new PdfError('pdf-too-complex', { what });
}
