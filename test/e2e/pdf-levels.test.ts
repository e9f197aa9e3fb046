import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestPki } from '../pki/test-pki.js';
import { pkiFor, PdfStage, sha256 } from './pdf-stage.js';

const pin2 = '123456';

describe('each level, on a simulated card, is accepted by pdfsig, mutool, qpdf and openssl', () => {
  let pki: TestPki;
  let stage: PdfStage;
  beforeAll(async () => {
    pki = await pkiFor(['fineid-v4', 'fineid-v3']);
  }, 300_000);
  afterAll(() => pki.close());
  beforeEach(() => {
    stage = new PdfStage(pki);
  });
  afterEach(() => stage.dispose());

  const verified = async (path: string): Promise<unknown> => {
    const { code, output } = await stage.pdf('fineid-v4', ['verify', path, '--json']);
    const [document] = (JSON.parse(output) as { documents: { verdict: string; signatures: { level: string }[] }[] })
      .documents;
    return [code, document?.verdict, document?.signatures.map(({ level }) => level)];
  };

  it.each([
    ['B-B', ['PAdES-B-B']],
    ['B-T', ['PAdES-B-T']],
    ['B-LT', ['PAdES-B-LT']],
    ['B-LTA', ['PAdES-B-LTA', 'document-timestamp']],
  ] as const)(
    '%s by EC',
    async (level, reached) => {
      const path = stage.write();
      const before = sha256(path);
      const tsa = level === 'B-B' ? [] : ['--tsa', `${pki.server.site}/tsa`];
      const signed = await stage.sign('fineid-v4', pin2, path, '--level', level, ...tsa);
      expect(await verified(signed)).toEqual([0, 'valid', reached]);
      expect([await stage.openssl(signed), sha256(path)]).toEqual(['accepted', before]);
      expect(await stage.objections(signed, level.startsWith('B-L'))).toEqual([]);
    },
    120_000,
  );

  it('B-LT by RSA', async () => {
    const path = stage.write();
    const named = ['--cert', '46', '--level', 'B-LT', '--tsa', `${pki.server.site}/tsa`];
    const signed = await stage.sign('fineid-v3', pin2, path, ...named);
    expect(await verified(signed)).toEqual([0, 'valid', ['PAdES-B-LT']]);
    expect([await stage.openssl(signed), await stage.objections(signed, true)]).toEqual(['accepted', []]);
  }, 120_000);

  it('B-B becomes B-LTA later, without a card', async () => {
    const signed = await stage.sign('fineid-v4', pin2, stage.write());
    const { code, output } = await stage.pdf('empty', ['extend', signed, '--tsa', `${pki.server.site}/tsa`]);
    expect([code, output]).toEqual([0, expect.stringContaining('offer-signed-extended.pdf (B-LTA)')]);
    const extended = signed.replace('.pdf', '-extended.pdf');
    expect(await verified(extended)).toEqual([0, 'valid', ['PAdES-B-LTA', 'document-timestamp', 'document-timestamp']]);
    expect(await stage.openssl(extended)).toBe('accepted');
  }, 120_000);

  it('B-LT is refused before the code when the certificate is revoked, or nobody says that it is not', async () => {
    const refused = async (): Promise<unknown> => {
      const args = ['sign', stage.write(), '--level', 'B-LT', '--tsa', `${pki.server.site}/tsa`, '--json'];
      const { code, errors } = await stage.pdf('fineid-v4', args);
      return [code, (JSON.parse(errors) as { code: string }).code, stage.names()];
    };
    const index = join(pki.folder, 'simulated-citizen.index');
    const records = readFileSync(index, 'utf8');
    writeFileSync(index, records.replaceAll(/^V\t(\w+)\t\t/gm, 'R\t$1\t260101000000Z\t'));
    expect(await refused()).toEqual([1, 'certificate-revoked', ['offer.pdf']]);
    writeFileSync(index, records);
    const gone = () => ({ status: 503, body: new Uint8Array() });
    for (const path of ['/ocsp/simulated-citizen', '/crl/simulated-citizen']) pki.server.answer(path, gone);
    expect(await refused()).toEqual([1, 'evidence-missing', ['offer.pdf']]);
    for (const path of ['/ocsp/simulated-citizen', '/crl/simulated-citizen']) pki.server.answer(path, undefined);
  }, 120_000);
});
