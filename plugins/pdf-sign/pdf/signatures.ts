import { type FieldLock, readLock } from './field-lock.js';
import type { Field } from './form.js';
import type { Objects } from './objects-reader.js';
import { as, asArray, asInteger, asName, type PdfDict, type PdfRef } from './objects.js';
import { latin, textOf } from './text.js';

/** A signature as it stands in the document; nothing of it has been verified. */
export interface SignatureFacts {
  /** Full name of its field. */
  readonly field: string;
  readonly fieldRef: PdfRef | undefined;
  readonly kind: 'signature' | 'timestamp';
  readonly filter: string | undefined;
  readonly subFilter: string | undefined;
  /** The signature's bytes with the zeros that fill its room. */
  readonly contents: Uint8Array;
  /** Offset and length of what is before and behind the signature's bytes, as it says. */
  readonly byteRange: readonly number[];
  /** True when the byte range leaves out exactly the /Contents of this signature, and begins with the document. */
  readonly coversAllButContents: boolean;
  /** Offset behind the last byte that it covers. */
  readonly end: number;
  /** True when nothing comes behind what it covers. */
  readonly wholeFile: boolean;
  /** Cross-reference sections that came after it. */
  readonly laterSections: number;
  /** /Cert of `adbe.x509.rsa_sha1`, DER, the signer's first. */
  readonly certificates: readonly Uint8Array[];
  /** /M as it is written: `D:20260131120000+02'00'`. */
  readonly time: string | undefined;
  readonly signer: string | undefined;
  readonly reason: string | undefined;
  readonly location: string | undefined;
  readonly contactInfo: string | undefined;
  /** Level of a certification: 1 no changes, 2 filling in and signing, 3 comments too. */
  readonly certifies: 1 | 2 | 3 | undefined;
  /** Fields that it locks. */
  readonly locks: FieldLock | undefined;
}

/** All signatures of the form in the order of their revisions. */
export async function readSignatures(objects: Objects, fields: readonly Field[]): Promise<SignatureFacts[]> {
  const found: SignatureFacts[] = [];
  for (const field of fields) {
    const dict = field.type === 'Sig' ? await objects.dict(field.value) : undefined;
    if (dict !== undefined) found.push(await signatureOf(objects, field, dict));
  }
  return found.sort((a, b) => a.end - b.end);
}

async function signatureOf(objects: Objects, field: Field, dict: PdfDict): Promise<SignatureFacts> {
  const text = async (key: string): Promise<string | undefined> => {
    const string = as('string', await objects.get(dict, key));
    return string && textOf(string.bytes);
  };
  const contents = as('string', await objects.get(dict, 'Contents'))?.bytes ?? new Uint8Array(0);
  const byteRange: number[] = [];
  for (const item of (asArray(await objects.get(dict, 'ByteRange')) ?? []).slice(0, 100)) {
    byteRange.push(asInteger(await objects.resolve(item)) ?? -1);
  }
  const end = (byteRange.at(-2) ?? 0) + (byteRange.at(-1) ?? 0);
  const subFilter = asName(await objects.get(dict, 'SubFilter'));
  const stamp = subFilter === 'ETSI.RFC3161' || asName(await objects.get(dict, 'Type')) === 'DocTimeStamp';
  return {
    field: field.name,
    fieldRef: field.ref,
    kind: stamp ? 'timestamp' : 'signature',
    filter: asName(await objects.get(dict, 'Filter')),
    subFilter,
    contents,
    byteRange,
    coversAllButContents: await leavesOutContents(objects, byteRange, contents),
    end,
    wholeFile: end === objects.blocks.size,
    laterSections: objects.xref.sections.filter(({ offset }) => offset >= end).length,
    certificates: await certificatesOf(objects, dict),
    time: await text('M'),
    signer: await text('Name'),
    reason: await text('Reason'),
    location: await text('Location'),
    contactInfo: await text('ContactInfo'),
    ...(await transforms(objects, dict)),
  };
}

/** ISO 32000-1 table 252: one string, or a list of them. */
async function certificatesOf(objects: Objects, dict: PdfDict): Promise<readonly Uint8Array[]> {
  const value = await objects.get(dict, 'Cert');
  const found: Uint8Array[] = [];
  for (const item of (asArray(value) ?? [value]).slice(0, 20)) {
    const string = as('string', await objects.resolve(item));
    if (string !== undefined) found.push(string.bytes);
  }
  return found;
}

/** What the signature references (ISO 32000-2 §12.8.1 table 256) say of later changes. */
async function transforms(objects: Objects, dict: PdfDict): Promise<Pick<SignatureFacts, 'certifies' | 'locks'>> {
  let certifies: 1 | 2 | 3 | undefined;
  let locks: FieldLock | undefined;
  for (const item of (asArray(await objects.get(dict, 'Reference')) ?? []).slice(0, 100)) {
    const reference = await objects.dict(item);
    const method = asName(await objects.get(reference, 'TransformMethod'));
    const params = reference?.entries.get('TransformParams');
    if (method === 'FieldMDP') locks = (await readLock(objects, params)) ?? { action: 'All', fields: [] };
    if (method === 'DocMDP') {
      const level = asInteger(await objects.get(await objects.dict(params), 'P')) ?? 2;
      certifies = level === 1 || level === 3 ? level : 2;
    }
  }
  return { certifies, locks };
}

async function leavesOutContents(
  objects: Objects,
  byteRange: readonly number[],
  contents: Uint8Array,
): Promise<boolean> {
  const [start = -1, length = -1, second = -1, rest = -1] = byteRange;
  const { blocks } = objects;
  if (byteRange.length !== 4 || start !== 0 || length < 1 || second <= length || rest < 0) return false;
  if (second + rest > blocks.size || second - length > 16 * 1024 * 1024) return false;
  const gap = latin(await blocks.read(length, second - length));
  if (!/^<[0-9A-Fa-f\s]*>$/.test(gap)) return false;
  const digits = gap.replace(/[^0-9A-Fa-f]/g, '').toLowerCase();
  return (
    digits.length >> 1 === contents.length &&
    contents.every((byte, at) => parseInt(digits.slice(2 * at, 2 * at + 2), 16) === byte)
  );
}
