import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeToken } from '../../../test/pki/make-token.js';
import { hash, SignedContent } from '../../../test/pki/signed-content.js';
import { startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { encode, readCertificate, readSignedData } from '@sigill/core/cms';
import { readOcsp } from '../longterm/read-ocsp.js';
import { checkToken } from '../timestamp/check-token.js';
import { readToken } from '../timestamp/read-token.js';
import { validateDocument } from './validate-document.js';

describe('bytes of any kind', () => {
  let pki: TestPki;
  let good: Uint8Array;
  beforeAll(async () => {
    pki = await startTestPki();
    good = (await new SignedContent(pki).sign('p256', { stamped: { time: new Date() } })).contents;
  }, 120_000);
  afterAll(() => pki.close());

  const verdictOf = async (
    contents: Uint8Array,
    kind: 'signature' | 'timestamp',
    subFilter: string,
  ): Promise<string> => {
    const [report] = await validateDocument({
      signatures: [
        {
          kind,
          subFilter,
          contents,
          coversAllButContents: true,
          end: 1,
          digest: async (name) => hash('%PDF-1.7 some content', name),
        },
      ],
      anchors: [{ der: pki.der('root'), source: 'file' }],
    });
    return report!.indication;
  };
  const filters = fc.constantFrom(
    'ETSI.CAdES.detached',
    'adbe.pkcs7.detached',
    'adbe.pkcs7.sha1',
    'adbe.x509.rsa_sha1',
  );

  it('give a verdict, and never TOTAL-PASSED', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), filters, async (bytes, filter) => {
        expect(await verdictOf(bytes, 'signature', filter)).not.toBe('TOTAL-PASSED');
        expect(await verdictOf(encode(0x30, bytes), 'timestamp', 'ETSI.RFC3161')).not.toBe('TOTAL-PASSED');
      }),
      { numRuns: 500 },
    );
  });

  it('changed in a good signature give a verdict', async () => {
    const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255), cut: fc.nat(20), kind: fc.nat(2) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), filters, async (changes, filter) => {
        let bytes = good;
        for (const { at, byte, cut, kind } of changes) {
          const place = Math.min(at, bytes.length);
          const [before, after] = [
            bytes.subarray(0, place),
            bytes.subarray(Math.min(place + (kind === 0 ? 1 : kind === 1 ? cut : 0), bytes.length)),
          ];
          bytes = Uint8Array.from([...before, ...(kind === 1 ? [] : [byte]), ...after]);
        }
        expect(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']).toContain(
          await verdictOf(bytes, 'signature', filter),
        );
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it('nested without end, or of indefinite length without an end, are refused', async () => {
    const deep = Uint8Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80));
    expect(await verdictOf(deep, 'signature', 'ETSI.CAdES.detached')).toBe('TOTAL-FAILED');
    expect([readSignedData(deep), readCertificate(deep), readOcsp(deep), readToken(deep)]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('of indefinite length, in pieces, are read as what they are', async () => {
    const digest = hash('x', 'SHA-256');
    const token = await makeToken(pki, 'tsa', { digest, time: new Date(), streamed: true });
    expect(token[1]).toBe(0x80);
    expect(await checkToken(token, async () => digest)).not.toHaveProperty('fault');
    expect(await checkToken(token.subarray(0, -2), async () => digest)).toMatchObject({ fault: 'not-a-token' });
  });
});
