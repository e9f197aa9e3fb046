import type { TrustAnchor } from '@sigill/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hash, SignedContent, type SigningOptions } from '../../../test/pki/signed-content.js';
import { testNet } from '../../../test/pki/test-net.js';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { readCertificate } from '@sigill/core/cms';
import type { SignatureInput } from './check-pdf-signature.js';
import type { SignatureReport } from './report.js';
import { type DocumentInput, validateDocument } from './validate-document.js';

const hour = 3_600_000;
const ago = (hours: number): Date => new Date(Date.now() - hours * hour);

describe('the verdict on a signature', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());
  afterEach(async () => {
    for (const person of ['p256', 'rsa', 'tsa'] as const) await pki.revoke(person, undefined);
  });

  const judge = async (signature: SignatureInput, more: Partial<DocumentInput> = {}): Promise<SignatureReport> => {
    const anchors: TrustAnchor[] = [{ der: pki.der('root'), source: 'card' }];
    const [report] = await validateDocument({ signatures: [signature], anchors, net: testNet(), ...more });
    return report!;
  };
  const sign = (person: Person, options?: SigningOptions): Promise<SignatureInput> =>
    new SignedContent(pki).sign(person, options);
  const verdict = ({ indication, subIndication, sentence }: SignatureReport): unknown[] => [
    indication,
    subIndication,
    sentence.key,
  ];

  it.each(['rsa', 'rsa3072', 'p256', 'p384', 'p521'] as const)(
    'is TOTAL-PASSED for a good one of %s',
    async (person) => {
      const report = await judge(await sign(person));
      expect(report).toMatchObject({
        indication: 'TOTAL-PASSED',
        level: 'PAdES-B-B',
        signer: `Test ${person}`,
        trust: 'card',
        sentence: { key: 'verify.passed', values: { signer: `Test ${person}` } },
        notes: [],
      });
      expect(report.chain.map(({ revocation }) => revocation)).toEqual(['good', 'good', 'anchor']);
    },
  );

  it('knows RSA-PSS', async () => {
    const report = await judge(await sign('rsa3072', { algorithm: 'RSA-PSS-SHA512' }));
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', algorithm: 'RSA-PSS SHA-512' });
  });

  it('finds a changed document', async () => {
    const good = await sign('p256');
    const changed = { ...good, digest: async (algorithm: string) => hash('other bytes', algorithm) };
    expect(verdict(await judge(changed))).toEqual(['TOTAL-FAILED', 'HASH_FAILURE', 'verify.fault.HASH_FAILURE']);
  });

  it('finds changed attributes and a changed value', async () => {
    const good = await sign('rsa');
    const end = good.contents.length - 500;
    // The hash of the certificate in the ESS attribute, then the signature's value.
    const ess = Buffer.from(good.contents).indexOf(hash(pki.der('rsa'), 'SHA-256'));
    expect(ess).toBeGreaterThan(0);
    for (const at of [ess, end - 1, end - 200]) {
      const contents = Uint8Array.from(good.contents);
      contents[at] = (contents[at] ?? 0) ^ 1;
      expect(verdict(await judge({ ...good, contents }))).toEqual([
        'TOTAL-FAILED',
        'SIG_CRYPTO_FAILURE',
        'verify.fault.SIG_CRYPTO_FAILURE',
      ]);
    }
  });

  it('finds a certificate put in place of the signer’s', async () => {
    // The same issuer and serial number cannot be had, so the identifier is what does not fit.
    const good = await sign('p256', { chain: [] });
    const swapped = Buffer.from(good.contents);
    const own = swapped.indexOf(Buffer.from(pki.der('p256')));
    swapped.set(
      pki.der('p256').map((byte, at) => (at === pki.der('p256').length - 1 ? byte ^ 1 : byte)),
      own,
    );
    expect(verdict(await judge({ ...good, contents: swapped }))).toEqual([
      'INDETERMINATE',
      'SIG_CONSTRAINTS_FAILURE',
      'verify.fault.SIG_CONSTRAINTS_FAILURE',
    ]);
  });

  it.each([
    ['expired', 'INDETERMINATE', 'OUT_OF_BOUNDS_NO_POE', 'verify.expired'],
    ['future', 'TOTAL-FAILED', 'NOT_YET_VALID', 'verify.not-yet-valid'],
    ['wrongUse', 'INDETERMINATE', 'CHAIN_CONSTRAINTS_FAILURE', 'verify.wrong-use'],
    ['foreign', 'INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND', 'verify.untrusted'],
  ] as const)('says what is wrong with a certificate: %s', async (person, ...wanted) => {
    expect(verdict(await judge(await sign(person)))).toEqual(wanted);
  });

  it('says when the certificate is missing', async () => {
    const good = await sign('p256', { chain: [] });
    const without = Buffer.from(good.contents);
    const serial = readCertificate(pki.der('p256'))?.serialBytes ?? new Uint8Array();
    // The last byte of the serial number that stands first: the certificate's own.
    without[without.indexOf(serial) + serial.length - 1]! ^= 1;
    expect((await judge({ ...good, contents: without })).subIndication).toBe('NO_SIGNING_CERTIFICATE_FOUND');
  });

  it('without a network says that revocation is not known', async () => {
    expect(verdict(await judge(await sign('p256'), { net: undefined }))).toEqual([
      'INDETERMINATE',
      'TRY_LATER',
      'verify.revocation-unknown',
    ]);
  });

  it('of a revoked certificate depends on what a timestamp proves', async () => {
    await pki.revoke('p256', ago(5));
    const at = async (hours: number): Promise<unknown> =>
      verdict(await judge(await sign('p256', { stamped: { time: ago(hours) } })));
    expect(verdict(await judge(await sign('p256')))).toEqual(['INDETERMINATE', 'REVOKED_NO_POE', 'verify.revoked']);
    expect(await at(4)).toEqual(['INDETERMINATE', 'REVOKED_NO_POE', 'verify.revoked']);
    expect(await at(6)).toEqual(['TOTAL-PASSED', undefined, 'verify.passed-proven']);
  });

  it('of an expired certificate too', async () => {
    const then = await judge(await sign('expired', { stamped: { by: 'tsa', time: new Date('2020-06-01T00:00:00Z') } }));
    expect(verdict(then)).toEqual(['INDETERMINATE', 'OUT_OF_BOUNDS_NO_POE', 'verify.expired-then']);
  });

  it('does not count a timestamp that nobody trusted made, and says so', async () => {
    const report = await judge(await sign('p256', { stamped: { by: 'rsa', time: ago(1) } }));
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', level: 'PAdES-B-B' });
    expect(report.notes).toMatchObject([{ key: 'verify.stamp.not-a-timestamp-certificate' }]);
    expect(report.timestamps).toMatchObject([{ indication: 'FAILED', why: 'not-a-timestamp-certificate' }]);
  });

  it('names what is not PAdES, and what changed afterwards', async () => {
    const old = await judge(await sign('p256', { subFilter: 'adbe.pkcs7.detached' }));
    expect(old).toMatchObject({
      indication: 'TOTAL-PASSED',
      level: 'PKCS7-B',
      notes: [{ key: 'verify.note.not-pades' }],
    });
    const good = await sign('p256');
    expect(await judge({ ...good, changes: 'allowed' })).toMatchObject({
      notes: [{ key: 'verify.note.changes-allowed' }],
    });
    expect(verdict(await judge({ ...good, changes: 'forbidden' }))[1]).toBe('SIG_CONSTRAINTS_FAILURE');
    expect(verdict(await judge({ ...good, coversAllButContents: false }))[1]).toBe('FORMAT_FAILURE');
  });
});
