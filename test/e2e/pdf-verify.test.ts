import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testCa } from '@sigill/core/sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf } from '../pdf/documents.js';
import { PdfStage } from './pdf-stage.js';

const card = 'fineid-v4';
let stage: PdfStage;
beforeEach(() => (stage = new PdfStage()));
afterEach(() => stage.dispose());

const verify = async (path: string, ...args: readonly string[]): Promise<readonly [number | null, string]> => {
  const { code, output, errors } = await stage.pdf('empty', ['verify', path, ...args]);
  return [code, output + errors];
};

/** An update that turns the page. */
function turned(bytes: Buffer): Buffer {
  const [, previous = '0'] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString('latin1')) ?? [];
  const page = '3 0 obj\n<</Type /Page /Parent 2 0 R /Contents 4 0 R /Rotate 180>>\nendobj\n';
  const xref = `xref\n3 1\n${String(bytes.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 40 /Root 1 0 R /Prev ${previous}>>\n`;
  return Buffer.from(`${page}${xref}startxref\n${bytes.length + page.length}\n%%EOF\n`);
}

/** The CA certificates of the simulated cards as a file that a person trusts. */
const trusted = (): string => {
  const path = join(stage.home.folder, 'trusted.pem');
  writeFileSync(
    path,
    Object.values(testCa().issuing)
      .map(({ pem }) => pem)
      .join('\n'),
  );
  return path;
};

describe('sigill pdf verify says of each signature in one sentence', () => {
  it('that it cannot say whether the certificate was revoked, without a network', async () => {
    const signed = await stage.sign(card, '123456', stage.write());
    const [code, output] = await verify(signed, '--trust', trusted());
    expect(code).toBe(1);
    expect(output).toMatch(/^“offer-signed.pdf”: not certain\.\nNot changed since it was signed, and signed by /);
    expect(output).toContain('revoked is not known');
  });

  it('that nobody here knows the issuer, without the card and without a file', async () => {
    const signed = await stage.sign(card, '123456', stage.write());
    expect(await verify(signed)).toEqual([1, expect.stringContaining('who signed is not certain')]);
    const { output } = await stage.pdf(card, ['verify', signed]);
    expect(output).toContain('revoked is not known');
  });

  it('that it was changed, with another exit code', async () => {
    const signed = await stage.sign(card, '123456', stage.write());
    const bytes = readFileSync(signed);
    bytes[bytes.indexOf('Avtal')] = 'X'.charCodeAt(0);
    const changed = stage.write('changed.pdf', bytes);
    expect(await verify(changed)).toEqual([
      4,
      expect.stringMatching(/^“changed.pdf”: not valid\.\nNot valid: the document was changed after ESIMERKKI/),
    ]);
    const { code, output } = await stage.pdf('empty', ['verify', signed, changed, '--json']);
    const { documents } = JSON.parse(output) as { documents: { verdict: string; signatures: object[] }[] };
    expect([code, documents.map(({ verdict }) => verdict)]).toEqual([4, ['uncertain', 'invalid']]);
    expect(documents[1]?.signatures).toMatchObject([{ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' }]);
  });

  it('that something was added, and where a certification forbids it that it is not valid', async () => {
    const signed = await stage.sign(card, '123456', stage.write(), '--certify', '1');
    // Another program that does not ask: a page turned by an update behind it.
    const forced = Buffer.concat([readFileSync(signed), turned(readFileSync(signed))]);
    const [code, output] = await verify(stage.write('forced.pdf', forced));
    expect([code, output]).toEqual([4, expect.stringContaining('changed in a way that the signature does not allow')]);
  });

  it('that there is none, and that a file is no PDF', async () => {
    expect(await verify(stage.write())).toEqual([1, '“offer.pdf”: there is no signature in it.\n']);
    expect(await verify(stage.write('text.pdf', Buffer.from('text')))).toEqual([
      1,
      '“text.pdf”: cannot be read.\nThis is not a PDF document.\n',
    ]);
    expect(
      await verify(stage.write('other.pdf', documentOf()), '--trust', stage.write('none.pem', Buffer.from('-'))),
    ).toEqual([2, 'There is no certificate and no trusted list in none.pem. Nothing was checked.\n']);
  });
});
