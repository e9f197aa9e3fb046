import type { EmptyField } from './empty-fields.js';
import { locks } from './field-lock.js';
import type { Pdf } from './open-pdf.js';
import { seedFindings } from './seed-findings.js';
import type { SignatureWish } from './signature-update.js';

/** Something to be told before signing. The code is a message key of the plugin; the facts are plain data. */
export interface Finding<C extends string = string> {
  readonly code: C;
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** What signing will do. With a refusal, it must not be done, and no PIN be asked. */
export interface Examination {
  readonly refusal?: Finding<RefusalCode>;
  readonly notes: readonly Finding<NoteCode>[];
}

export type RefusalCode =
  | 'pdf-permission'
  | 'pdf-xfa-dynamic'
  | 'pdf-form-loop'
  | 'pdf-certified-closed'
  | 'pdf-certified-invisible-only'
  | 'pdf-certify-late'
  | 'pdf-fields-locked'
  | 'pdf-field-unknown'
  | 'pdf-field-signed'
  | 'pdf-field-read-only'
  | 'pdf-seed'
  | 'pdf-too-long';

export type NoteCode =
  | 'pdf-signed-before'
  | 'pdf-certified'
  | 'pdf-encrypted'
  | 'pdf-repaired'
  | 'pdf-leading-bytes'
  | 'pdf-a'
  | 'pdf-xfa-static'
  | 'pdf-scripts'
  | 'pdf-need-appearances'
  | 'pdf-usage-rights'
  | 'pdf-attachments'
  | 'pdf-empty-fields'
  | 'pdf-locks'
  | 'pdf-seed-wish';

/** What the examination needs to know of a wish; `digest` as the seed values name it: `SHA256`. */
export type ExaminedWish = Partial<SignatureWish> & { readonly digest?: string; readonly timestamp?: boolean };

/** A cross-reference table has ten digits for an offset. */
const longest = 9_999_999_999;

/** Says what signing a document in this way does, and whether it must be refused. */
export function examine(pdf: Pdf, wish: ExaminedWish): Examination {
  const field = pdf.emptyFields.find(({ name }) => name === wish.field);
  const seeds = seedFindings(field?.seed, wish);
  const refusal = refusalOf(pdf, wish, field) ?? seeds.refusal;
  const notes = [...notesOf(pdf, wish, field), ...seeds.notes];
  return refusal === undefined ? { notes } : { refusal, notes };
}

function refusalOf(pdf: Pdf, wish: ExaminedWish, field: EmptyField | undefined): Finding<RefusalCode> | undefined {
  const stamp = wish.subFilter === 'ETSI.RFC3161';
  if (pdf.objects.blocks.size > longest - 2 ** 24) return { code: 'pdf-too-long', facts: { most: longest } };
  if (pdf.xfa === 'dynamic') return { code: 'pdf-xfa-dynamic', facts: {} };
  if (pdf.form?.loop === true) return { code: 'pdf-form-loop', facts: {} };
  if (wish.field !== undefined && field === undefined) {
    const known = pdf.form?.fields.some(({ name, type }) => name === wish.field && type === 'Sig') ?? false;
    return { code: known ? 'pdf-field-signed' : 'pdf-field-unknown', facts: { field: wish.field } };
  }
  if (field?.readOnly === true) return { code: 'pdf-field-read-only', facts: { field: field.name } };
  if (!permitted(pdf, wish)) return { code: 'pdf-permission', facts: { newField: field === undefined } };
  if (wish.certify !== undefined && pdf.signatures.length > 0) {
    return { code: 'pdf-certify-late', facts: { signatures: pdf.signatures.length } };
  }
  const level = permissionLevel(pdf);
  if (level !== undefined && level.level === 1 && !stamp)
    return { code: 'pdf-certified-closed', facts: { field: level.field } };
  const visible = field === undefined && wish.appearance?.at !== undefined;
  if (level?.level === 2 && visible) return { code: 'pdf-certified-invisible-only', facts: { field: level.field } };
  return stamp ? undefined : lockedBy(pdf, field);
}

/** ISO 32000-2 table 22: bit 6 annotations and fields, with bit 4 new fields too; bit 9 existing fields. */
function permitted(pdf: Pdf, wish: ExaminedWish): boolean {
  if (pdf.encryption === undefined || pdf.encryption.by === 'owner') return true;
  const bit = (number: number): boolean => ((pdf.encryption?.permissions ?? 0) & (1 << (number - 1))) !== 0;
  return wish.field === undefined ? bit(4) && bit(6) : bit(6) || bit(9);
}

/** The strictest level that earlier signatures leave open, and whose it is. */
export function permissionLevel(pdf: Pdf): { readonly level: 1 | 2 | 3; readonly field: string } | undefined {
  const levels = pdf.signatures.flatMap(({ field, certifies, locks: lock }) =>
    [certifies, lock?.permission].filter((level) => level !== undefined).map((level) => ({ level, field })),
  );
  return levels.sort((a, b) => a.level - b.level)[0];
}

function lockedBy(pdf: Pdf, field: EmptyField | undefined): Finding<RefusalCode> | undefined {
  // A new field has a name that nobody could have listed; only "all" and "all but" hold it.
  const name = field?.name ?? '\0';
  const by = pdf.signatures.find((signature) => signature.locks !== undefined && locks(signature.locks, name));
  return by && { code: 'pdf-fields-locked', facts: { by: by.field } };
}

function notesOf(pdf: Pdf, wish: ExaminedWish, field: EmptyField | undefined): Finding<NoteCode>[] {
  const level = permissionLevel(pdf);
  const lock = field?.lock ?? wish.lock;
  const empty = pdf.emptyFields.map(({ name }) => name);
  const all: readonly [boolean, NoteCode, Finding['facts']][] = [
    [pdf.signatures.length > 0, 'pdf-signed-before', { signatures: pdf.signatures.length }],
    [level !== undefined, 'pdf-certified', { level: level?.level ?? 0, field: level?.field ?? '' }],
    [pdf.encryption !== undefined, 'pdf-encrypted', { cipher: pdf.encryption?.cipher ?? '' }],
    [pdf.repaired, 'pdf-repaired', {}],
    [pdf.leadingBytes > 0, 'pdf-leading-bytes', { bytes: pdf.leadingBytes }],
    [pdf.pdfA !== undefined, 'pdf-a', { level: pdf.pdfA ?? '' }],
    [pdf.xfa === 'static', 'pdf-xfa-static', {}],
    [pdf.scripts, 'pdf-scripts', {}],
    [pdf.needAppearances, 'pdf-need-appearances', {}],
    [pdf.usageRights, 'pdf-usage-rights', {}],
    [pdf.attachments, 'pdf-attachments', {}],
    [empty.length > 0 && wish.field === undefined, 'pdf-empty-fields', { fields: empty }],
    [lock !== undefined, 'pdf-locks', { action: lock?.action ?? '', fields: lock?.fields ?? [] }],
  ];
  return all.filter(([holds]) => holds).map(([, code, facts]) => ({ code, facts }));
}
