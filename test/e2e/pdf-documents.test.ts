import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, madeBy } from '../pdf/documents.js';
import { PdfStage, sha256, type SignedDocument } from './pdf-stage.js';

const card = 'fineid-v4';
const pin1 = '1234';
const pin2 = '123456';
let stage: PdfStage;
beforeEach(() => (stage = new PdfStage()));
afterEach(() => stage.dispose());

/** A document with an empty signature field that is seen. */
const withField = (): Uint8Array =>
  documentOf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>',
      3: '<</Type /Page /Parent 2 0 R /Annots [5 0 R] /Contents 4 0 R /Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>',
      5: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Approval) /Rect [20 20 180 70] /P 3 0 R /F 4>>',
    },
  });

const accepted = async (path: string): Promise<unknown> => [await stage.openssl(path), await stage.objections(path)];
const good = ['accepted', []];

describe('sigill pdf sign', () => {
  it('gives the result a name of its own each time, and never touches the original', async () => {
    const path = stage.write();
    const before = sha256(path);
    await stage.sign(card, pin2, path);
    await stage.sign(card, pin2, path);
    expect([stage.names(), sha256(path)]).toEqual([['offer-signed-2.pdf', 'offer-signed.pdf', 'offer.pdf'], before]);
  });

  it('shows reason, place, date and name where it is told to, without the national identity number', async () => {
    const image = join(stage.home.folder, 'seal.svg');
    writeFileSync(
      image,
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>',
    );
    const wishes = ['--image', image, '--place', '1,20,20,200,60', '--reason', 'Hyväksytty', '--location', 'Åbo'];
    const signed = await stage.sign(card, pin2, stage.write(), ...wishes);
    expect(await accepted(signed)).toEqual(good);
    const words = madeBy('mutool', ['draw', '-q', '-F', 'text', '-o', 'out.pdf', signed]);
    expect(Buffer.from(words).toString('utf8')).toMatch(
      /ELLI AINO ESIMERKKI\s+Signed on \d{4}-[\d-]+ [\d:]+ UTC\s+Reason: Hyväksytty\s+Place: Åbo\s+PAdES B-B/,
    );
  });

  it('signs into a field that is there', async () => {
    const signed = await stage.sign(card, pin2, stage.write('form.pdf', withField()), '--field', 'Approval');
    expect(await accepted(signed)).toEqual(good);
  });

  it('signs encrypted documents with their password', async () => {
    const lock = ['--encrypt', 'user', 'owner', '256', '--', 'in.pdf', 'out.pdf'];
    const path = stage.write('secret.pdf', madeBy('qpdf', lock, documentOf()));
    const password = join(stage.home.folder, 'password');
    writeFileSync(password, 'owner\n');
    const signed = await stage.sign(card, pin2, path, '--password-file', password);
    expect(await stage.openssl(signed)).toBe('accepted');
    const { code, output } = await stage.pdf(card, ['sign', path]);
    expect([code, output]).toEqual([1, expect.stringContaining('needs its password')]);
  });

  it.each(['1', '2', '3'])('certifies (%s), and the next one may sign or is refused before the code', async (level) => {
    const signed = await stage.sign(card, pin2, stage.write(), '--certify', level);
    expect(await accepted(signed)).toEqual(good);
    const { code, output } = await stage.pdf('myeid', ['sign', signed, '--cert', '46', '--json'], [pin2]);
    const [document] = (JSON.parse(output) as { documents: SignedDocument[] }).documents;
    const refused = { state: 'failed', code: 'pdf-certified-closed' };
    expect([code, document]).toMatchObject(level === '1' ? [1, refused] : [0, { state: 'signed' }]);
  });

  it('adds a second person’s signature, and the first stays valid', async () => {
    const first = await stage.sign(card, pin2, stage.write());
    const second = await stage.sign('fineid-org', pin2, first);
    expect([await stage.openssl(second, 1), await stage.objections(second)]).toEqual(good);
    expect(await stage.openssl(second, 0)).toBe('accepted');
  });

  it('makes the older kind for old readers, and RSA-PSS', async () => {
    const old = await stage.sign(card, pin2, stage.write(), '--format', 'pkcs7');
    expect(await accepted(old)).toEqual(good);
    const pss = await stage.sign('fineid-v3', pin2, stage.write('pss.pdf'), '--cert', '46', '--pss');
    expect(await stage.openssl(pss)).toBe('accepted');
  });

  it('shows the signed document in the person’s viewer', async () => {
    const [programs, shown] = [join(stage.home.folder, 'programs'), join(stage.home.folder, 'shown')];
    mkdirSync(programs);
    execFileSync('mkfifo', [shown]);
    writeFileSync(join(programs, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${shown}'\n`, { mode: 0o755 });
    const environment = { PATH: `${programs}:${process.env['PATH'] ?? ''}`, DISPLAY: ':99' };
    const told = readFile(shown, 'utf8');
    expect(await stage.pdf(card, ['sign', stage.write()], [pin2], { environment })).toMatchObject({ code: 0 });
    expect(await told).toBe(join(stage.folder, 'offer-signed.pdf'));
  });

  it('only tells with --dry-run', async () => {
    const { code, output } = await stage.pdf(card, ['sign', stage.write('form.pdf', withField()), '--dry-run']);
    expect([code, output]).toEqual([
      0,
      '“form.pdf” can be signed (PAdES-B-B).\nIt has signature fields that are empty: Approval.\n',
    ]);
    expect(stage.names()).toEqual(['form.pdf']);
  });
});

describe('several certificates', () => {
  it('are listed with what each is for, and the choice is remembered', async () => {
    const path = stage.write();
    const { code, output } = await stage.pdf('fineid-v3', ['sign', path]);
    expect([code, output]).toEqual([
      2,
      expect.stringMatching(/46 .*RSA 2048.*for documents.*\n47 .*EC P-256.*\n45 .*for logging in/),
    ]);
    await stage.sign('fineid-v3', pin2, path, '--cert', '47');
    expect(await stage.openssl(await stage.sign('fineid-v3', pin2, path))).toBe('accepted');
  });
});

describe('many documents', () => {
  it('take one code where the card allows it; a broken one does not stop the others; the journal has them all', async () => {
    const names = [...Array(20).keys()].map((at) => `${String(at).padStart(2, '0')}.pdf`);
    const paths = names.map((name, at) => stage.write(name, at === 7 ? Buffer.from('%PDF-1.7 broken') : documentOf()));
    const out = join(stage.folder, '..', 'documents');
    const { code, output } = await stage.pdf(card, ['sign', ...paths, '--cert', '45', '--out', out, '--json'], [pin1]);
    const { documents } = JSON.parse(output) as { documents: SignedDocument[] };
    expect([code, documents.map(({ state }) => state).join()]).toEqual([
      1,
      names.map((_, at) => (at === 7 ? 'failed' : 'signed')).join(),
    ]);
    expect(await stage.openssl(documents[19]?.path ?? '')).toBe('accepted');
    const { entries } = await stage.home.json<{ entries: { kind: string }[] }>(['journal', 'show']);
    expect(entries.filter(({ kind }) => kind === 'delivered')).toHaveLength(19);
    expect(await stage.home.sigill(['journal', 'verify'])).toMatchObject({ code: 0 });
  });

  it('take one code each where the card wants it', async () => {
    const paths = ['a.pdf', 'b.pdf'].map((name) => stage.write(name));
    expect(await stage.pdf(card, ['sign', ...paths], [pin2, pin2])).toMatchObject({ code: 0 });
    expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf', 'b-signed.pdf', 'b.pdf']);
  });
});
