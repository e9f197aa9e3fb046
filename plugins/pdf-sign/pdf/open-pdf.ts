import { Budget } from './budget.js';
import { type DocumentFacts, readFacts } from './document-facts.js';
import { type EmptyField, readEmptyFields } from './empty-fields.js';
import { type Encryption, openEncryption } from './encryption.js';
import { type Form, readForm } from './form.js';
import { Objects } from './objects-reader.js';
import { as, asArray, type PdfDict, type PdfRef } from './objects.js';
import { type Page, pageCount, readPage } from './pages.js';
import { damaged, isPdfError } from './pdf-error.js';
import { headerOffset, readXref } from './read-xref.js';
import { repairXref } from './repair.js';
import { readSignatures, type SignatureFacts } from './signatures.js';
import { Blocks, type Source } from './source.js';
import type { Xref } from './xref.js';

/** A document that has been opened: what it is, and the way to its objects. */
export interface Pdf extends DocumentFacts {
  readonly objects: Objects;
  readonly catalog: PdfDict;
  readonly catalogRef: PdfRef;
  readonly form: Form | undefined;
  readonly signatures: readonly SignatureFacts[];
  readonly emptyFields: readonly EmptyField[];
  readonly encryption: Encryption | undefined;
  /** Kind of the newest cross-reference section. */
  readonly xrefKind: 'table' | 'hybrid' | 'stream';
  /** The document's own cross-references were not usable and were made anew by reading all of it. */
  readonly repaired: boolean;
  readonly pages: number;
  /** Bytes before `%PDF`. Offsets count from there, byte ranges of signatures from the first byte; MuPDF counts both from there. */
  readonly leadingBytes: number;
}

export interface OpenOptions {
  /** The owner's password or the user's; not given, the empty one. */
  readonly password?: string | undefined;
  /** A page that will be signed on and must be readable, besides the first. From 1. */
  readonly page?: number | undefined;
}

/**
 * Opens a document and reads what signing needs to know; when something is not at its place, once more after a repair.
 * Fails with `pdf-none`, `pdf-damaged`, `pdf-too-complex`, `pdf-password-missing`, `pdf-password-wrong`, `pdf-encryption-unknown`.
 */
export async function openPdf(source: Source, options: OpenOptions = {}): Promise<Pdf> {
  const blocks = new Blocks(source);
  const budget = new Budget();
  try {
    return await open(blocks, await readXref(blocks, budget), budget, options);
  } catch (error) {
    if (!isPdfError(error, 'pdf-damaged')) throw error;
    return open(blocks, await repairXref(blocks, budget), budget, options);
  }
}

/** Page `number` of an open document, from 1. */
export function pageOf(pdf: Pdf, number: number): Promise<Page> {
  return readPage(pdf.objects, pdf.catalog, number);
}

async function open(blocks: Blocks, xref: Xref, budget: Budget, options: OpenOptions): Promise<Pdf> {
  const { objects, encryption } = await unlocked(blocks, xref, budget, options.password);
  const catalogRef = as('ref', xref.fromTrailers('Root'));
  const catalog = as('dict', await objects.resolve(catalogRef));
  if (catalogRef === undefined || catalog === undefined) throw damaged('no catalog');
  const first = await firstPage(objects, catalog);
  const chosen = options.page === undefined ? first : await readPage(objects, catalog, options.page);
  for (const page of [first, chosen]) asArray(await objects.get(page.dict, 'Annots'));
  const form = await readForm(objects, catalog);
  const fields = form?.fields ?? [];
  const [newest] = xref.sections;
  return {
    objects,
    catalog,
    catalogRef,
    form,
    signatures: await readSignatures(objects, fields),
    emptyFields: await readEmptyFields(objects, fields),
    encryption,
    xrefKind: newest?.hidden !== undefined ? 'hybrid' : (newest?.kind ?? 'table'),
    repaired: xref.repaired,
    leadingBytes: await headerOffset(blocks),
    pages: await pageCount(objects, catalog),
    ...(await readFacts(objects, catalog, form?.dict)),
  };
}

async function firstPage(objects: Objects, catalog: PdfDict): Promise<Page> {
  try {
    return await readPage(objects, catalog, 1);
  } catch (error) {
    throw isPdfError(error, 'pdf-page-unknown') ? damaged('no pages') : error;
  }
}

async function unlocked(
  blocks: Blocks,
  xref: Xref,
  budget: Budget,
  password: string | undefined,
): Promise<{ readonly objects: Objects; readonly encryption: Encryption | undefined }> {
  const plain = new Objects(blocks, xref, budget);
  const value = xref.fromTrailers('Encrypt');
  const encrypt = await plain.dict(value);
  if (encrypt === undefined) return { objects: plain, encryption: undefined };
  const encryption = await openEncryption(plain, encrypt, xref.fromTrailers('ID'), password);
  return { objects: new Objects(blocks, xref, budget, encryption.crypt, as('ref', value)?.num), encryption };
}
