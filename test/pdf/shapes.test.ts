import { beforeAll, describe, expect, it } from 'vitest';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, madeBy, text } from './documents.js';
import { signBytes, type SignedBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

async function signedAndAccepted(
  original: Uint8Array,
): Promise<{ readonly signed: SignedBytes; readonly update: string }> {
  const signed = await signBytes(original, key.sign);
  expect(await objections(original, signed)).toEqual([]);
  return { signed, update: text(signed.bytes.subarray(original.length)) };
}

/** The second part of /ID, hexadecimal digits without case. */
const ids = (trailer: string): string[] => /\/ID\s*\[\s*<(\w+)>\s*<(\w+)>/.exec(trailer)?.slice(1) ?? [];

describe('an update has the shape of its document', () => {
  it('a table gets a table, and unknown keys stay', async () => {
    const original = documentOf({ trailer: '/Private [1 (two)] /ID [<0102><0304>]' });
    const { update } = await signedAndAccepted(original);
    expect(update).toMatch(/\nxref\n/);
    expect(update).toContain('/Unknown#20Key (kept)');
    expect(update).toContain('/Private [1 (two)]');
    expect(update).toContain(`/Prev ${text(original).lastIndexOf('xref\n0')}`);
    const [first, second] = ids(update);
    expect(first).toBe('0102');
    expect(second).not.toBe('0304');
  });

  it('a cross-reference stream gets a stream', async () => {
    const original = madeBy('qpdf', ['--object-streams=generate', 'in.pdf', 'out.pdf'], documentOf());
    const { update } = await signedAndAccepted(original);
    expect(update).toContain('/Type /XRef');
    expect(update).not.toContain('trailer');
  });

  it('a linearized document goes on from its last section', async () => {
    const original = madeBy('qpdf', ['--linearize', 'in.pdf', 'out.pdf'], documentOf());
    const { update } = await signedAndAccepted(original);
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text(original))?.[1] ?? '';
    expect(update).toContain(`/Prev ${start}`);
  });

  it('a document without a line end at its end is only added to', async () => {
    const original = documentOf({ ending: '' });
    const { update } = await signedAndAccepted(original);
    expect(update.startsWith('\n')).toBe(true);
    expect((await signedAndAccepted(documentOf({ ending: '\r\n' }))).update).toMatch(/^\d+ 0 obj/);
  });

  it('a startxref that is a little off is read, and the new one is exact', async () => {
    const original = documentOf({ off: 7 });
    expect((await openPdf(sourceOf(original))).repaired).toBe(false);
    const { signed } = await signedAndAccepted(original);
    const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text(signed.bytes))?.[1]);
    expect(text(signed.bytes.subarray(start, start + 5))).toBe('xref\n');
  });

  it('several end marks are only bytes', async () => {
    await signedAndAccepted(documentOf({ ending: '\n%%EOF\n\n' }));
  });

  it('generation numbers stay', async () => {
    const original = documentOf({
      objects: { 2: '<</Type /Pages /Kids [3 2 R] /Count 1 /MediaBox [0 0 300 200]>>' },
      generation: { 1: 3, 3: 2 },
    });
    const { update } = await signedAndAccepted(original);
    expect(update).toContain('\n1 3 obj');
    expect(update).toContain('3 2 obj');
    expect(update).toMatch(/\d{10} 00003 n/);
  });

  it('the older kind of signature is accepted too', async () => {
    const original = documentOf();
    const signed = await signBytes(original, key.sign, { wish: { subFilter: 'adbe.pkcs7.detached' } });
    expect(await objections(original, signed)).toEqual([]);
    expect(text(signed.bytes)).toContain('/SubFilter /adbe.pkcs7.detached');
  });

  it('PDF 2.0 stays PDF 2.0', async () => {
    const { signed } = await signedAndAccepted(documentOf({ header: '%PDF-2.0' }));
    expect((await openPdf(sourceOf(signed.bytes))).version).toBe('2.0');
  });

  it('bytes before the header move the offsets, not the byte range', async () => {
    const original = documentOf({ leading: 'something before\n' });
    const signed = await signBytes(original, key.sign);
    const pdf = await openPdf(sourceOf(signed.bytes));
    expect(pdf).toMatchObject({ repaired: false, leadingBytes: 17 });
    expect(pdf.signatures[0]).toMatchObject({ wholeFile: true, coversAllButContents: true });
    // MuPDF cannot read the original either: it wants the header first.
    expect((await objections(original, signed)).filter((one) => one !== 'mutool')).toEqual([]);
  });
});
