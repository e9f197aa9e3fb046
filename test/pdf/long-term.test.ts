import { beforeAll, describe, expect, it } from 'vitest';
import { changesSince } from '../../plugins/pdf-sign/pdf/changes.js';
import { prepareLongTerm, readLongTerm, vriName } from '../../plugins/pdf-sign/pdf/long-term-update.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { objections } from './accepted.js';
import { documentOf, madeBy, text } from './documents.js';
import { signBytes } from './sign-bytes.js';
import { softwareKey, type SoftwareKey } from './software-key.js';

let key: SoftwareKey;
beforeAll(async () => {
  key = await softwareKey();
  return () => key.dispose();
});

const der = (...bytes: number[]): Uint8Array => Uint8Array.of(0x30, bytes.length, ...bytes);
const [one, two, three] = [der(1), der(2, 2), der(3, 3, 3)];

async function extended(bytes: Uint8Array, password?: string): Promise<Uint8Array> {
  const pdf = await openPdf(sourceOf(bytes), { password });
  const contents = pdf.signatures[0]?.contents ?? new Uint8Array(0);
  const signatures = [{ contents, certificates: [one], ocsps: [two], crls: [] }];
  const update = await prepareLongTerm(pdf, { certificates: [one], ocsps: [], crls: [three], signatures });
  return Buffer.concat([bytes, update]);
}

describe('validation data', () => {
  it.each([
    ['a table', documentOf()],
    ['a stream', madeBy('qpdf', ['--object-streams=generate', 'in.pdf', 'out.pdf'], documentOf())],
  ])('in a document with %s is added behind the signature, once, and only added to', async (_, original) => {
    const signed = await signBytes(original, key.sign);
    const bytes = await extended(signed.bytes);
    const pdf = await openPdf(sourceOf(bytes));
    expect(await readLongTerm(pdf)).toEqual({ certificates: [one], ocsps: [two], crls: [three] });
    expect(text(bytes)).toContain(`/VRI <</${vriName(pdf.signatures[0]?.contents ?? new Uint8Array(0))}`);
    const again = await openPdf(sourceOf(await extended(bytes)));
    expect(await readLongTerm(again)).toEqual({ certificates: [one], ocsps: [two], crls: [three] });
    const [signature] = again.signatures;
    expect(signature && (await changesSince(again, signature))).toEqual({
      changes: [{ kind: 'long-term', what: 'DSS' }],
      allowed: true,
    });
  });

  it('and a document timestamp may follow a certification for no changes', async () => {
    const signed = await signBytes(documentOf(), key.sign, { wish: { certify: 1 } });
    const bytes = await extended(signed.bytes);
    const stamped = await signBytes(bytes, async () => der(9), { wish: { subFilter: 'ETSI.RFC3161' } });
    const pdf = await openPdf(sourceOf(stamped.bytes));
    expect(pdf.signatures).toMatchObject([
      { kind: 'signature', certifies: 1, wholeFile: false },
      { kind: 'timestamp', field: 'Timestamp1', wholeFile: true, coversAllButContents: true },
    ]);
    const [signature] = pdf.signatures;
    expect(signature && (await changesSince(pdf, signature)).allowed).toBe(true);
    expect(text(stamped.bytes)).toMatch(/\/Type \/DocTimeStamp .*\/SubFilter \/ETSI.RFC3161/);
  });

  it('is encrypted where the document is', async () => {
    const original = madeBy('qpdf', ['--encrypt', '', 'owner', '256', '--', 'in.pdf', 'out.pdf'], documentOf());
    const signed = await signBytes(original, key.sign, { password: 'owner' });
    expect(await objections(original, signed)).toEqual([]);
    const bytes = await extended(signed.bytes, 'owner');
    expect(Buffer.from(bytes).includes(Buffer.from(three))).toBe(false);
    const pdf = await openPdf(sourceOf(bytes));
    expect(await readLongTerm(pdf)).toEqual({ certificates: [one], ocsps: [two], crls: [three] });
  });
});

describe('certifying', () => {
  it.each([1, 2, 3] as const)('for level %i is accepted and read back', async (certify) => {
    const original = documentOf();
    const signed = await signBytes(original, key.sign, {
      wish: { certify, lock: { action: 'Include', fields: ['A'] } },
    });
    expect(await objections(original, signed)).toEqual([]);
    expect(text(signed.bytes)).toMatch(/\/Perms <<\/DocMDP \d+ 0 R>>/);
    const { signatures } = await openPdf(sourceOf(signed.bytes));
    expect(signatures).toMatchObject([{ certifies: certify, locks: { action: 'Include', fields: ['A'] } }]);
  });
});
