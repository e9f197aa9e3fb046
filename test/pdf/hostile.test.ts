import { describe, expect, it } from 'vitest';
import { examine } from '../../plugins/pdf-sign/pdf/examine.js';
import { openPdf, pageOf, type Pdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { prepareSignature, placeContents } from '../../plugins/pdf-sign/pdf/signature-update.js';
import { type Source, sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { documentOf, plainObjects, text } from './documents.js';

const open = (bytes: Uint8Array): Promise<Pdf> => openPdf(sourceOf(bytes));
const latin = (written: string): Uint8Array => Buffer.from(written, 'latin1');

describe('documents made to tire or to deceive their reader', () => {
  it('what is no PDF is said to be none', async () => {
    await expect(open(latin('hello'))).rejects.toMatchObject({ code: 'pdf-none' });
    await expect(open(new Uint8Array(0))).rejects.toMatchObject({ code: 'pdf-none' });
    await expect(open(latin('%PDF-1.7\n'))).rejects.toMatchObject({ code: 'pdf-damaged' });
  });

  it('a page tree without end, without pages, with a page that is its own parent', async () => {
    const endless = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [at + 10, `<</Type /Pages /Kids [${at + 11} 0 R] /Count 1>>`]),
    );
    const deep = documentOf({ objects: { ...endless, 2: '<</Type /Pages /Kids [10 0 R] /Count 1>>' } });
    await expect(open(deep)).rejects.toMatchObject({ code: 'pdf-too-complex' });
    await expect(open(documentOf({ objects: { 2: '<</Type /Pages /Kids [2 0 R] /Count 1>>' } }))).rejects.toMatchObject(
      {
        code: 'pdf-damaged',
        facts: { what: 'no pages' },
      },
    );
    await expect(open(documentOf({ objects: { 1: '<</Type /Catalog>>' } }))).rejects.toMatchObject({
      code: 'pdf-damaged',
    });
  });

  it('references that lead to themselves', async () => {
    const loop = documentOf({
      objects: { 1: '<</Type /Catalog /Pages 2 0 R /AcroForm 5 0 R>>', 5: '6 0 R', 6: '5 0 R' },
    });
    await expect(open(loop)).rejects.toMatchObject({ code: 'pdf-too-complex' });
  });

  it('numbers beyond all objects', async () => {
    const plain = text(documentOf());
    const many = latin(plain.replace('xref\n0 5', 'xref\n0 99999999'));
    await expect(open(many)).rejects.toMatchObject({ code: 'pdf-too-complex' });
    // A /Size that nobody can believe does not decide the numbers of new objects.
    const size = await open(latin(plain.replace('/Size 5', '/Size 2147483647')));
    const prepared = await prepareSignature(size, { subFilter: 'ETSI.CAdES.detached', contentsSize: 10 });
    expect(text(prepared.bytes)).toMatch(/^5 0 obj/m);
  });

  it('a stream of any length that it does not have', async () => {
    const stream = '<</Type /XRef /Size 5 /W [1 2 1] /Length 99999999999>>\nstream\nx\nendstream';
    const bytes = latin(`%PDF-1.5\n9 0 obj\n${stream}\nendobj\nstartxref\n9\n%%EOF`);
    await expect(open(bytes)).rejects.toMatchObject({ code: 'pdf-damaged' });
  });

  it('a source that gives less than it has', async () => {
    const whole = documentOf();
    const short: Source = {
      size: whole.length,
      read: async (offset, length) => whole.subarray(offset, offset + length - 1),
    };
    await expect(openPdf(short)).rejects.toMatchObject({ code: 'pdf-damaged' });
  });

  it('a page that is not there', async () => {
    await expect(pageOf(await open(documentOf()), 7)).rejects.toMatchObject({
      code: 'pdf-page-unknown',
      facts: { page: 7, pages: 1 },
    });
  });

  it('boxes and rotations of any kind are put right', async () => {
    const page = (plainObjects[3] ?? '').replace(
      '/Type /Page',
      '/Type /Page /MediaBox [300 400 0 0] /CropBox [-50 10 200 900] /Rotate -90',
    );
    expect(await pageOf(await open(documentOf({ objects: { 3: page } })), 1)).toMatchObject({
      mediaBox: [0, 0, 300, 400],
      cropBox: [0, 10, 200, 400],
      rotate: 270,
    });
  });

  it('a signature larger than its room is not cut', async () => {
    const prepared = await prepareSignature(await open(documentOf()), {
      subFilter: 'adbe.pkcs7.detached',
      contentsSize: 10,
    });
    expect(text(placeContents(prepared, Uint8Array.of(1, 255)))).toBe('01ff0000000000000000');
    expect(() => placeContents(prepared, new Uint8Array(11))).toThrow('pdf-contents-small');
  });

  it('a text cannot pass for the byte range or the contents', async () => {
    const reason = '/ByteRange [0 9999999999 9999999999 9999999999] /Contents <00> >> endobj';
    const original = documentOf();
    const pdf = await open(original);
    const { bytes } = await prepareSignature(pdf, {
      subFilter: 'adbe.pkcs7.detached',
      contentsSize: 10,
      reason,
      signer: reason,
    });
    const { signatures } = await open(Buffer.concat([original, bytes]));
    expect(signatures).toMatchObject([{ reason, signer: reason, wholeFile: true, coversAllButContents: true }]);
  });

  it('a document too long for a table of ten digits is refused', async () => {
    const pdf = await open(documentOf());
    const long = {
      ...pdf,
      objects: Object.assign(Object.create(pdf.objects) as Pdf['objects'], { blocks: { size: 9_999_999_000 } }),
    };
    expect(examine(long, {}).refusal?.code).toBe('pdf-too-long');
  });
});
