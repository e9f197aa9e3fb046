import { type FieldLock, lockDict } from './field-lock.js';
import type { Form } from './form.js';
import {
  as,
  asArray,
  asInteger,
  dict,
  name,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  withEntries,
} from './objects.js';
import { pageOf, type Pdf } from './open-pdf.js';
import { type Box, type Page } from './pages.js';
import { PdfError } from './pdf-error.js';
import { textString } from './text.js';
import type { Update } from './update.js';

/** A field that is to hold a signature. */
export interface FieldWish {
  readonly signature: PdfRef;
  /** An empty field of the document, by its full name. */
  readonly field: string | undefined;
  readonly place: { readonly page: number; readonly rect: Box } | undefined;
  readonly looks: PdfRef | undefined;
  readonly lock: FieldLock | undefined;
  readonly stamp: boolean;
  /** Other entries of the catalog that change. */
  readonly catalogChange: Readonly<Record<string, PdfValue>>;
}

// ISO 32000-1 table 165: printed, and its place is not to be changed.
const shown = 4 + 128;
// Table 219: there are signatures, and the document is only to be added to.
const signedFlags = 3;

/** Puts a signature into an empty field, or into a new one; gives the field's name. */
export async function putField(pdf: Pdf, update: Update, wish: FieldWish): Promise<string> {
  if (wish.field !== undefined) {
    await fillField(pdf, update, wish, wish.field);
    await putForm(pdf, update, undefined, wish.catalogChange);
    return wish.field;
  }
  const page = await pageOf(pdf, wish.place?.page ?? 1);
  const title = freeName(pdf.form, wish.stamp ? 'Timestamp' : 'Signature');
  const field = update.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(title),
      V: wish.signature,
      F: shown,
      Rect: wish.place?.rect ?? [0, 0, 0, 0],
      P: page.ref,
      AP: wish.looks && dict({ N: wish.looks }),
      Lock: wish.lock && update.add(lockDict(wish.lock, 'SigFieldLock')),
    }),
  );
  await putAnnotation(pdf, update, page, field);
  await putForm(pdf, update, field, wish.catalogChange);
  return title;
}

async function fillField(pdf: Pdf, update: Update, wish: FieldWish, title: string): Promise<void> {
  const found = pdf.form?.fields.find((one) => one.name === title && one.type === 'Sig');
  if (found?.ref === undefined) throw new PdfError('pdf-field-unknown', { field: title });
  if (!pdf.emptyFields.some(({ ref }) => ref.num === found.ref?.num))
    throw new PdfError('pdf-field-signed', { field: title });
  const ownLock = found.dict.entries.get('Lock');
  const lock = ownLock ?? (wish.lock && update.add(lockDict(wish.lock, 'SigFieldLock')));
  const looks = wish.looks && dict({ N: wish.looks });
  const widget = found.widgets[0];
  const same = widget === undefined || widget.num === found.ref.num;
  update.set(
    found.ref,
    withEntries(found.dict, { V: wish.signature, ...(lock && { Lock: lock }), ...(same && looks && { AP: looks }) }),
  );
  if (same || looks === undefined) return;
  const apart = as('dict', await pdf.objects.resolve(widget));
  if (apart !== undefined) update.set(widget, withEntries(apart, { AP: looks }));
}

/** Adds the annotation where the page keeps them: in an object of their own, or in the page. */
async function putAnnotation(pdf: Pdf, update: Update, page: Page, annotation: PdfRef): Promise<void> {
  const listed = page.dict.entries.get('Annots');
  const annotations = asArray(await pdf.objects.resolve(listed)) ?? [];
  const apart = as('ref', listed);
  if (apart !== undefined && asArray(await pdf.objects.resolve(apart)) !== undefined) {
    update.set(apart, [...annotations, annotation]);
  } else {
    update.set(page.ref, withEntries(page.dict, { Annots: [...annotations, annotation] }));
  }
}

/** Lists the field in the form and says that there are signatures, changing as few objects as that takes. */
async function putForm(
  pdf: Pdf,
  update: Update,
  field: PdfRef | undefined,
  catalogChange: Readonly<Record<string, PdfValue>>,
): Promise<void> {
  const { form, objects, catalog, catalogRef } = pdf;
  const changes: Record<string, PdfValue> = { ...catalogChange };
  const flags = (asInteger(await objects.get(form?.dict, 'SigFlags')) ?? 0) | signedFlags;
  if (form === undefined) {
    changes['AcroForm'] = update.add(dict({ Fields: field ? [field] : [], SigFlags: flags }));
  } else {
    const dictionary = await withField(pdf, update, form.dict, field, flags);
    if (dictionary !== form.dict && form.ref !== undefined) update.set(form.ref, dictionary);
    if (dictionary !== form.dict && form.ref === undefined) changes['AcroForm'] = dictionary;
  }
  if (Object.keys(changes).length > 0) update.set(catalogRef, withEntries(catalog, changes));
}

async function withField(
  pdf: Pdf,
  update: Update,
  form: PdfDict,
  field: PdfRef | undefined,
  flags: number,
): Promise<PdfDict> {
  const changes: Record<string, PdfValue> = {};
  if (asInteger(await pdf.objects.get(form, 'SigFlags')) !== flags) changes['SigFlags'] = flags;
  if (field !== undefined) {
    const listed = form.entries.get('Fields');
    const fields = asArray(await pdf.objects.resolve(listed));
    const apart = as('ref', listed);
    if (apart !== undefined && fields !== undefined) update.set(apart, [...fields, field]);
    else changes['Fields'] = [...(fields ?? []), field];
  }
  return Object.keys(changes).length > 0 ? withEntries(form, changes) : form;
}

/** A name that no field of the first row has. */
function freeName(form: Form | undefined, stem: string): string {
  for (let number = 1; ; number += 1) {
    const title = `${stem}${number}`;
    if (!form?.rootNames.has(title)) return title;
  }
}
