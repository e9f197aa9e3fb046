import { beforeAll, describe, expect, it } from 'vitest';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, plainObjects, text } from './documents.js';
import { signBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

/** A document whose cross-references are a stream that does not list itself and whose number is /Size. */
function streamOutsideOfSize(): Uint8Array {
  let body = '%PDF-1.7\n';
  const offsets = [1, 2, 3, 4].map((num) => {
    const offset = body.length;
    body += `${num} 0 obj\n${(plainObjects[num] ?? '').replace('/Length 44', '/Length 46')}\nendobj\n`;
    return offset;
  });
  const rows = Buffer.alloc(20);
  offsets.forEach((offset, at) => {
    rows[4 * (at + 1)] = 1;
    rows.writeUInt16BE(offset, 4 * (at + 1) + 1);
  });
  const start = body.length;
  body += `5 0 obj\n<</Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Length 20>>\nstream\n${rows.toString('latin1')}\nendstream\nendobj\n`;
  return Buffer.from(`${body}startxref\n${start}\n%%EOF\n`, 'latin1');
}

/** A table that calls object 5 free, and beside it a stream that says where it is: a hybrid. */
function hybrid(): Uint8Array {
  const plain = text(documentOf({ objects: { 5: '(hidden from old readers)', 6: 'null' } }));
  const body = plain.slice(0, plain.indexOf('6 0 obj'));
  const place = body.indexOf('5 0 obj');
  const row = Buffer.from([1, place >> 8, place & 0xff, 0]).toString('latin1');
  const stream = `6 0 obj\n<</Type /XRef /Size 7 /Index [5 1] /W [1 2 1] /Length 4>>\nstream\n${row}\nendstream\nendobj\n`;
  const lines = plain.slice(plain.indexOf('xref\n0')).split('\n');
  lines[7] = '0000000000 65535 f ';
  const table = lines.join('\n').replace('/Root', `/XRefStm ${body.length} /Root`);
  return Buffer.from(
    (body + stream + table).replace(/startxref\n\d+/, `startxref\n${(body + stream).length}`),
    'latin1',
  );
}

describe('traps of cross-references', () => {
  it('a stream that does not list itself keeps its number', async () => {
    const original = streamOutsideOfSize();
    const signed = await signBytes(original, key.sign);
    expect(await objections(original, signed)).toEqual([]);
    expect(text(signed.bytes.subarray(original.length))).not.toMatch(/^5 0 obj/m);
  });

  it('what a trailer refers to and is not there does not come to mean an object of ours', async () => {
    const original = documentOf({ trailer: '/AdditionalStreams [/application#2fx 5 0 R]' });
    expect(text(original)).toContain('/Size 5');
    const signed = await signBytes(original, key.sign);
    expect(await objections(original, signed)).toEqual([]);
    const added = text(signed.bytes.subarray(original.length));
    expect(added).toContain('/AdditionalStreams [/application#2fx 5 0 R]');
    expect(added).toMatch(/^6 0 obj/m);
    expect(added).not.toMatch(/^5 0 obj/m);
  });

  it('a hybrid gets a table without its /XRefStm, and what it hides is found', async () => {
    const original = hybrid();
    const pdf = await openPdf(sourceOf(original));
    expect(pdf).toMatchObject({ xrefKind: 'hybrid', repaired: false, pages: 1 });
    expect((await pdf.objects.load(5))?.value).toMatchObject({ kind: 'string' });
    const signed = await signBytes(original, key.sign);
    expect(await objections(original, signed)).toEqual([]);
    expect(text(signed.bytes.subarray(original.length))).not.toContain('XRefStm');
  });

  it('a table that counts from 1 although it begins with object 0 is understood', async () => {
    const original = Buffer.from(text(documentOf()).replace('xref\n0 5', 'xref\n1 5'), 'latin1');
    expect(await openPdf(sourceOf(original))).toMatchObject({ pages: 1, repaired: false });
  });

  it('lines of other lengths than 20 are understood', async () => {
    const original = text(documentOf()).replace(/ ([nf]) \n/g, ' $1\n');
    expect(await openPdf(sourceOf(Buffer.from(original, 'latin1')))).toMatchObject({ pages: 1, repaired: false });
  });

  it('sections in a loop end in a repair, not in a hang', async () => {
    const start = text(documentOf()).lastIndexOf('xref\n0');
    const original = documentOf({ trailer: `/Prev ${start}` });
    expect(await openPdf(sourceOf(original))).toMatchObject({ pages: 1, repaired: true });
  });

  it('offsets that are all wrong are found again, and the update lists every object', async () => {
    const original = Buffer.from(text(documentOf()).replace(/(\d{10}) 00000 n/g, '0000000009 00000 n'), 'latin1');
    const signed = await signBytes(original, key.sign);
    expect(await objections(original, signed)).toEqual([]);
    const update = text(signed.bytes.subarray(original.length));
    expect(update).not.toContain('/Prev');
    expect(await openPdf(sourceOf(signed.bytes))).toMatchObject({ repaired: false });
  });

  it('an object that stands in a stream is not taken for the real one', async () => {
    const fake =
      '<</Length 66>>\nstream\n3 0 obj\n<</Type /Page /Fake true>>\nendobj 99999\ntrailer <</Root 9 0 R>>\nendstream';
    const plain = text(documentOf({ objects: { 5: fake } }));
    const original = Buffer.from(plain.replace('startxref', 'startxref lost'), 'latin1');
    const pdf = await openPdf(sourceOf(original));
    expect(pdf.repaired).toBe(true);
  });
});
