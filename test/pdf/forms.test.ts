import { beforeAll, describe, expect, it } from 'vitest';
import { local } from '../../plugins/pdf-sign/pdf/appearance-objects.js';
import { dict, name, stream } from '../../plugins/pdf-sign/pdf/objects.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, madeBy, plainObjects, text } from './documents.js';
import { signBytes, type SigningOptions } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

const page = (annots: string): string => (plainObjects[3] ?? '').replace('/Type /Page', `/Type /Page ${annots}`);
const catalog = (form: string): string => `<</Type /Catalog /Pages 2 0 R /AcroForm ${form}>>`;
const field = '<</Type /Annot /Subtype /Widget /FT /Tx /T (Signature1) /Rect [10 10 90 30] /F 4 /P 3 0 R>>';
const empty = '<</Type /Annot /Subtype /Widget /FT /Sig /T (Here) /Rect [10 10 90 60] /F 4 /P 3 0 R>>';

/** Signs and has it accepted; `look` is false where MuPDF shows an empty field in its own way, or nothing of the original. */
async function signed(
  objects: Readonly<Record<number, string>>,
  { look = true, ...options }: SigningOptions & { look?: boolean } = {},
): Promise<{ update: string; field: string }> {
  const original = documentOf({ objects });
  const done = await signBytes(original, key.sign, options);
  expect((await objections(original, done)).filter((one) => look || one !== 'looks')).toEqual([]);
  const pdf = await openPdf(sourceOf(done.bytes));
  expect(pdf.signatures.map((one) => one.field)).toContain(done.field);
  return { update: text(done.bytes.subarray(original.length)), field: done.field };
}

describe('the form and the page', () => {
  it('a form in the catalog is changed in the catalog', async () => {
    const { update, field: title } = await signed({
      1: catalog('<</Fields [5 0 R] /DA (/F1 0 Tf)>>'),
      3: page('/Annots [5 0 R]'),
      5: field,
    });
    expect(title).toBe('Signature2');
    expect(update).toContain('/Fields [5 0 R 7 0 R]');
    expect(update).toContain('/DA (/F1 0 Tf)');
    expect(update).toContain('/SigFlags 3');
    expect(update).toContain('/Annots [5 0 R 7 0 R]');
  });

  it('a form of its own leaves the catalog alone', async () => {
    const { update } = await signed({
      1: catalog('6 0 R'),
      3: page('/Annots [5 0 R]'),
      5: field,
      6: '<</Fields [5 0 R] /SigFlags 1>>',
    });
    expect(update).not.toMatch(/^1 0 obj/m);
    expect(update).toMatch(/^6 0 obj/m);
  });

  it('a list of fields and a list of annotations of their own are the only ones changed', async () => {
    const { update } = await signed({
      ...{ 1: catalog('6 0 R'), 3: page('/Annots 8 0 R'), 5: field },
      ...{ 6: '<</Fields 7 0 R /SigFlags 3>>', 7: '[5 0 R]', 8: '[5 0 R]' },
    });
    expect([...update.matchAll(/^(\d+) 0 obj/gm)].map(([, num]) => num)).toEqual(['10', '8', '7', '9']);
    expect(update).toMatch(/^7 0 obj\n\[5 0 R 10 0 R\]/m);
  });

  it('an /Annots that leads nowhere is replaced', async () => {
    const { update } = await signed({ 3: page('/Annots 77 0 R') });
    expect(update).toContain('/Annots [6 0 R]');
  });

  it('an existing field is filled where it is', async () => {
    const { update, field: title } = await signed(
      { 1: catalog('<</Fields [5 0 R]>>'), 3: page('/Annots [5 0 R]'), 5: empty },
      { look: false, wish: { field: 'Here' } },
    );
    expect(title).toBe('Here');
    expect(update).toMatch(/^5 0 obj\n.*\/T \(Here\).*\/V 6 0 R/m);
    expect(update).not.toMatch(/^3 0 obj/m);
  });

  it('a name of a field may be of any language', async () => {
    const parent = '<</T <FEFF004F0073006100690061> /Kids [5 0 R]>>';
    const kid =
      '<</Type /Annot /Subtype /Widget /FT /Sig /T (Allekirjoitus) /Parent 6 0 R /Rect [10 10 90 60] /F 4 /P 3 0 R>>';
    const objects = { 1: catalog('<</Fields [6 0 R]>>'), 3: page('/Annots [5 0 R]'), 5: kid, 6: parent };
    const pdf = await openPdf(sourceOf(documentOf({ objects })));
    expect(pdf.emptyFields).toMatchObject([{ name: 'Osaia.Allekirjoitus', rect: [10, 10, 90, 60] }]);
    await signed(objects, { look: false, wish: { field: 'Osaia.Allekirjoitus' } });
  });

  it('pages in a loop are passed over', async () => {
    const loop = '<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /MediaBox [0 0 300 200]>>';
    await signed({ 2: loop }, { look: false });
  });

  it('a visible signature brings its objects along and shows', async () => {
    const draw = Buffer.from('0.2 0.4 0.8 rg 0 0 100 40 re f');
    const form = {
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, 100, 40],
      Resources: dict({ ExtGState: dict({ G: local(1) }) }),
    };
    const objects = [stream(form, draw), dict({ Type: name('ExtGState'), CA: 1 })];
    const original = documentOf();
    const done = await signBytes(original, key.sign, {
      wish: { appearance: { objects, at: { page: 1, rect: [20, 20, 120, 60] } } },
    });
    expect(await objections(original, done)).toEqual(['looks']);
    expect(text(done.bytes)).toContain('/Rect [20 20 120 60]');
  });

  it('what other libraries make is signed', async () => {
    const { PDFDocument } = await import('pdf-lib');
    const document = await PDFDocument.create();
    document.addPage([200, 200]).drawText('pdf-lib');
    document.getForm().createTextField('Signature1').addToPage(document.addPage());
    const original = await document.save();
    const done = await signBytes(original, key.sign);
    expect(await objections(original, done)).toEqual([]);
    expect(done.field).toBe('Signature2');
    const optimised = madeBy('mutool', ['clean', '-gggg', '-z', 'in.pdf', 'out.pdf'], original);
    expect(await objections(optimised, await signBytes(optimised, key.sign))).toEqual([]);
  });
});
