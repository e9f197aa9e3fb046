import { type AppearanceObjects, addAppearance } from './appearance-objects.js';
import { type FieldLock, lockDict } from './field-lock.js';
import { putField } from './field-update.js';
import { dict, name, type PdfDict, type PdfRef, type PdfValue, stream, withEntries } from './objects.js';
import type { Pdf } from './open-pdf.js';
import { bytesOf, latin, textString } from './text.js';
import { PdfError } from './pdf-error.js';
import { Update } from './update.js';
import type { Box } from './pages.js';

/** What is to be signed, and how. */
export interface SignatureWish {
  readonly subFilter: 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached' | 'ETSI.RFC3161';
  /** Bytes kept for the CMS. */
  readonly contentsSize: number;
  /** Full name of an empty field of the document; not given, a new field is made. */
  readonly field?: string | undefined;
  /** /M: `D:20260131120000+02'00'`. */
  readonly time?: string | undefined;
  readonly signer?: string | undefined;
  readonly reason?: string | undefined;
  readonly location?: string | undefined;
  readonly contactInfo?: string | undefined;
  /** Name of the program, for /Prop_Build. */
  readonly program?: string | undefined;
  /** Level of a certification; only of a document without signatures. */
  readonly certify?: 1 | 2 | 3 | undefined;
  /** Fields to lock with this signature; an existing field's own lock comes first. */
  readonly lock?: FieldLock | undefined;
  readonly appearance?: Appearance | undefined;
}

export interface Appearance {
  readonly objects: AppearanceObjects;
  /** Where a new field shows; an existing one has its own place. Page from 1; left, bottom, right, top in the page's user space. */
  readonly at?: { readonly page: number; readonly rect: Box } | undefined;
}

/** An update to append to the document, with room for a signature over all the rest. */
export interface PreparedSignature {
  readonly bytes: Uint8Array;
  /** Offset and length of what is signed, in the document with the update: two pairs. */
  readonly byteRange: readonly [number, number, number, number];
  /** Offset of the first digit of /Contents in the document with the update. */
  readonly contentsOffset: number;
  /** Digits of room: two for each byte. */
  readonly contentsLength: number;
  /** Full name of the field. */
  readonly field: string;
}

/** Ten digits for each number of /ByteRange. */
const room = 9_999_999_999;

/**
 * The update that signs a document, but for the signature. `examine` first: this does what it is told.
 * Fails with `pdf-field-unknown`, `pdf-field-signed`, `pdf-page-unknown`, `pdf-damaged`, `pdf-too-complex`.
 */
export async function prepareSignature(pdf: Pdf, wish: SignatureWish): Promise<PreparedSignature> {
  const update = new Update(pdf.objects);
  const signature = update.reserve();
  const lock =
    (wish.field === undefined ? undefined : pdf.emptyFields.find(({ name: one }) => one === wish.field)?.lock) ??
    wish.lock;
  const references = referencesOf(pdf, wish.certify, lock);
  const catalogChange: Record<string, PdfValue> = {};
  if (wish.certify !== undefined) {
    const perms = (await pdf.objects.dict(pdf.catalog.entries.get('Perms'))) ?? dict({});
    catalogChange['Perms'] = withEntries(perms, { DocMDP: signature });
  }
  const looks = wish.appearance ? addAppearance(update, wish.appearance.objects) : emptyLooks(pdf, update);
  const field = await putField(pdf, update, {
    signature,
    field: wish.field,
    place: wish.appearance?.at,
    looks,
    lock: wish.lock,
    stamp: wish.subFilter === 'ETSI.RFC3161',
    catalogChange,
  });
  update.set(signature, signatureDict(wish, references));
  const { bytes, places } = await update.bytes();
  return { ...fillByteRange(bytes, pdf.objects.blocks.size, places.get(signature.num) ?? 0, wish.contentsSize), field };
}

/** The hexadecimal digits that go to `contentsOffset`. Fails with `pdf-contents-small`. */
export function placeContents(prepared: Pick<PreparedSignature, 'contentsLength'>, cms: Uint8Array): Uint8Array {
  const bytes = prepared.contentsLength / 2;
  if (cms.length > bytes) throw new PdfError('pdf-contents-small', { room: bytes, needed: cms.length });
  let digits = '';
  for (const byte of cms) digits += byte.toString(16).padStart(2, '0');
  return bytesOf(digits.padEnd(prepared.contentsLength, '0'));
}

/** ISO 19005-1 §6.9: every field has an appearance; later parts excuse those without a size. */
function emptyLooks(pdf: Pdf, update: Update): PdfRef | undefined {
  if (!pdf.pdfA?.startsWith('1')) return undefined;
  const entries = { Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 0, 0] };
  return update.add(stream(entries, new Uint8Array(0)));
}

function signatureDict(wish: SignatureWish, references: readonly PdfDict[]): PdfDict {
  const stamp = wish.subFilter === 'ETSI.RFC3161';
  const text = (value: string | undefined): PdfValue | undefined =>
    value === undefined ? undefined : textString(value);
  const app =
    wish.program && dict({ App: dict({ Name: name(wish.program) }), Filter: dict({ Name: name('Adobe.PPKLite') }) });
  return dict({
    Type: name(stamp ? 'DocTimeStamp' : 'Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name(wish.subFilter),
    ByteRange: [0, room, room, room],
    Contents: { kind: 'string', bytes: new Uint8Array(wish.contentsSize), hex: true, clear: true },
    M: text(wish.time),
    Name: text(wish.signer),
    Reason: text(wish.reason),
    Location: text(wish.location),
    ContactInfo: text(wish.contactInfo),
    Reference: references.length > 0 ? references : undefined,
    Prop_Build: app || undefined,
  });
}

function referencesOf(pdf: Pdf, certify: 1 | 2 | 3 | undefined, lock: FieldLock | undefined): PdfDict[] {
  const reference = (method: string, params: PdfDict, data: PdfRef | undefined): PdfDict =>
    dict({ Type: name('SigRef'), TransformMethod: name(method), TransformParams: params, Data: data });
  const found: PdfDict[] = [];
  if (certify !== undefined) {
    found.push(reference('DocMDP', dict({ Type: name('TransformParams'), P: certify, V: name('1.2') }), undefined));
  }
  // ISO 32000-2 table 256: /Data is required for this transform.
  if (lock !== undefined) found.push(reference('FieldMDP', lockDict(lock, 'TransformParams'), pdf.catalogRef));
  return found;
}

function fillByteRange(
  bytes: Uint8Array,
  size: number,
  place: number,
  contentsSize: number,
): Omit<PreparedSignature, 'field'> {
  const head = latin(bytes.subarray(place - size, place - size + 400));
  const placeholder = `[0 ${room} ${room} ${room}]`;
  const range = place - size + head.indexOf(placeholder);
  const contentsOffset = place + head.indexOf('/Contents <') + '/Contents <'.length;
  const contentsLength = 2 * contentsSize;
  const behind = contentsOffset + contentsLength + 1;
  const byteRange = [0, contentsOffset - 1, behind, size + bytes.length - behind] as const;
  bytes.set(bytesOf(`[${byteRange.join(' ')}]`.padEnd(placeholder.length)), range);
  return { bytes, byteRange, contentsOffset, contentsLength };
}
