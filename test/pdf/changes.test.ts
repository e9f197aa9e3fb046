import { beforeAll, describe, expect, it } from 'vitest';
import { changesSince, type Changes } from '../../plugins/pdf-sign/pdf/changes.js';
import {
  name,
  type PdfDict,
  type PdfValue,
  as,
  dict,
  stream,
  withEntries,
} from '../../plugins/pdf-sign/pdf/objects.js';
import { openPdf, pageOf, type Pdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { textString } from '../../plugins/pdf-sign/pdf/text.js';
import { Update } from '../../plugins/pdf-sign/pdf/update.js';
import { documentOf, madeBy, plainObjects } from './documents.js';
import { signBytes, type SigningOptions } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

const withText = documentOf({
  objects: {
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>',
    3: (plainObjects[3] ?? '').replace('/Type /Page', '/Type /Page /Annots [5 0 R]'),
    5: '<</Type /Annot /Subtype /Widget /FT /Tx /T (Sum) /Rect [10 10 90 30] /F 4 /P 3 0 R /AP <</N 6 0 R>>>>',
    6: '<</Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 4>>\nstream\nq  Q\nendstream',
  },
});

/** What is said of the first signature after a later revision changed these things. */
async function after(
  change: (pdf: Pdf, update: Update) => Promise<void>,
  options: SigningOptions = {},
  original = withText,
): Promise<Changes> {
  const { bytes } = await signBytes(original, key.sign, options);
  const pdf = await openPdf(sourceOf(bytes));
  const update = new Update(pdf.objects);
  await change(pdf, update);
  const changed = await openPdf(sourceOf(Buffer.concat([bytes, (await update.bytes()).bytes])));
  const [signature] = changed.signatures;
  if (signature === undefined) throw new Error('no signature');
  return changesSince(changed, signature);
}

async function fill(pdf: Pdf, update: Update): Promise<void> {
  const [field] = pdf.form?.fields ?? [];
  if (field?.ref === undefined) throw new Error('no field');
  const looks = update.add(
    stream({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 80, 20] }, Buffer.from('q Q')),
  );
  update.set(field.ref, withEntries(field.dict, { V: textString('100'), AP: dict({ N: looks }) }));
}

async function changePage(
  pdf: Pdf,
  update: Update,
  entries: (page: PdfDict) => Record<string, PdfValue>,
): Promise<void> {
  const page = await pageOf(pdf, 1);
  update.set(page.ref, withEntries(page.dict, entries(page.dict)));
}

const comment = (pdf: Pdf, update: Update): Promise<void> =>
  changePage(pdf, update, (page) => {
    const note = update.add(
      dict({ Type: name('Annot'), Subtype: name('Text'), Rect: [0, 0, 9, 9], Contents: textString('Hm') }),
    );
    return { Annots: [...((page.entries.get('Annots') as PdfValue[] | undefined) ?? []), note] };
  });

describe('what changed after a signature', () => {
  it.each([
    ['a table', withText],
    ['object streams', madeBy('qpdf', ['--object-streams=generate', 'in.pdf', 'out.pdf'], withText)],
  ])('in %s, a second signature and a certification are told from each other', async (_, original) => {
    const first = await signBytes(original, key.sign);
    const second = await signBytes(first.bytes, key.sign);
    const pdf = await openPdf(sourceOf(second.bytes));
    const [one, two] = pdf.signatures;
    if (one === undefined || two === undefined) throw new Error('two signatures');
    expect(await changesSince(pdf, one)).toEqual({
      changes: [{ kind: 'signature', what: 'Signature2' }],
      allowed: true,
    });
    expect(await changesSince(pdf, two)).toEqual({ changes: [], allowed: true });
  });

  it('filling in a field is allowed unless the field is locked or nothing may change', async () => {
    const filled = { changes: [{ kind: 'form-fill', what: 'Sum' }], allowed: true };
    expect(await after(fill)).toEqual(filled);
    expect(await after(fill, { wish: { certify: 2 } })).toEqual(filled);
    expect(await after(fill, { wish: { certify: 1 } })).toMatchObject({ allowed: false, because: 'certified' });
    expect(await after(fill, { wish: { lock: { action: 'Include', fields: ['Sum'] } } })).toMatchObject({
      because: 'locked',
    });
    expect(await after(fill, { wish: { lock: { action: 'Exclude', fields: ['Sum'] } } })).toEqual(filled);
  });

  it('comments are allowed up to where the certification says', async () => {
    expect(await after(comment)).toEqual({ changes: [{ kind: 'annotations', what: 'added' }], allowed: true });
    expect(await after(comment, { wish: { certify: 3 } })).toMatchObject({ allowed: true });
    expect(await after(comment, { wish: { certify: 2 } })).toMatchObject({ allowed: false, because: 'certified' });
  });

  it('other content of a page, or of the document, is never allowed', async () => {
    const drawn = (pdf: Pdf, update: Update): Promise<void> =>
      changePage(pdf, update, () => ({ Contents: update.add(stream({}, Buffer.from('0 0 300 200 re f'))) }));
    expect(await after(drawn)).toMatchObject({ allowed: false, because: 'other' });
    const overwritten = async (pdf: Pdf, update: Update): Promise<void> => {
      const contents = as('ref', (await pageOf(pdf, 1)).dict.entries.get('Contents'));
      if (contents !== undefined) update.set(contents, stream({}, Buffer.from('0 0 300 200 re f')));
    };
    expect(await after(overwritten)).toMatchObject({ allowed: false, because: 'other' });
    const opening = async (pdf: Pdf, update: Update): Promise<void> =>
      update.set(pdf.catalogRef, withEntries(pdf.catalog, { OpenAction: dict({ S: name('JavaScript') }) }));
    expect(await after(opening)).toMatchObject({ changes: [{ kind: 'other', what: 'OpenAction' }], allowed: false });
  });

  it('a place of a field that is in no form is not taken for a comment', async () => {
    const over = (pdf: Pdf, update: Update): Promise<void> =>
      changePage(pdf, update, () => {
        const looks = update.add(
          stream({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 9, 9] }, Buffer.from('f')),
        );
        const entries = {
          Type: name('Annot'),
          Subtype: name('Widget'),
          Rect: [0, 0, 300, 200],
          AP: dict({ N: looks }),
        };
        return { Annots: [update.add(dict(entries))] };
      });
    expect(await after(over)).toMatchObject({ allowed: false, because: 'other' });
  });

  it('an appearance that is written over may be the field’s alone', async () => {
    const over = async (pdf: Pdf, update: Update): Promise<void> => {
      const looks = as('dict', await pdf.objects.get(pdf.form?.fields[0]?.dict, 'AP'))?.entries.get('N');
      const to = as('ref', looks);
      if (to !== undefined)
        update.set(
          to,
          stream({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 80, 20] }, Buffer.from('f')),
        );
    };
    expect(await after(over)).toEqual({ changes: [{ kind: 'form-fill', what: 'Sum' }], allowed: true });
    const shared = Buffer.from(
      Buffer.from(withText).toString('latin1').replace('/Font <<', '/XOb 6 0 R /Font <<'),
      'latin1',
    );
    expect(await after(over, {}, shared)).toMatchObject({ allowed: false, because: 'other' });
  });

  it('the same content once more is no change', async () => {
    const again = async (pdf: Pdf, update: Update): Promise<void> => update.set(pdf.catalogRef, pdf.catalog);
    expect(await after(again)).toEqual({ changes: [], allowed: true });
  });

  it('a signature put in another’s place is never allowed', async () => {
    const replace = async (pdf: Pdf, update: Update): Promise<void> => {
      const field = pdf.form?.fields.find(({ type }) => type === 'Sig');
      const value = await pdf.objects.dict(field?.value);
      if (field?.ref === undefined || value === undefined) throw new Error('no signature');
      update.set(field.ref, withEntries(field.dict, { V: update.add(value) }));
    };
    expect(await after(replace)).toMatchObject({ allowed: false, because: 'other' });
  });

  it('a later end that leads into the signed bytes is found out', async () => {
    const { bytes } = await signBytes(withText, key.sign);
    const start = Buffer.from(bytes).indexOf('xref\n0 ');
    const back = Buffer.concat([bytes, Buffer.from(`startxref\n${start}\n%%EOF\n`)]);
    expect((await openPdf(sourceOf(back))).signatures).toEqual([]);
    const twice = (await signBytes(bytes, key.sign)).bytes;
    const first = Buffer.from(bytes).lastIndexOf('xref\n', Buffer.from(bytes).lastIndexOf('startxref') - 1);
    const older = await openPdf(sourceOf(Buffer.concat([twice, Buffer.from(`startxref\n${first}\n%%EOF\n`)])));
    const whole = await openPdf(sourceOf(twice));
    const last = whole.signatures.at(-1);
    if (last === undefined) throw new Error('two signatures');
    expect(older.signatures.map(({ field }) => field)).toEqual(['Signature1']);
    // The second signature, held against a document whose newest cross-references are the first one’s.
    expect(await changesSince(older, { ...last, laterSections: 0 })).toMatchObject({
      allowed: false,
      because: 'other',
    });
  });
});
