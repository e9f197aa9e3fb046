import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignatureAlgorithm } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../../test/pki/openssl.js';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { compareBytes, each, firstOf, oids, onlyValue, readSignedData } from '@sigill/core/cms';
import { contentsSize } from './contents-size.js';
import { signedAttributes } from './signed-attributes.js';
import { signedData } from './signed-data.js';

const content = Buffer.from('%PDF-1.7 a document of many bytes\n');

describe('a detached signature', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());

  async function make(person: Person, algorithm: SignatureAlgorithm, signingTime?: Date): Promise<Uint8Array> {
    const documentDigest = createHash(`sha${algorithm.slice(-3)}`)
      .update(content)
      .digest();
    const certificate = pki.der(person);
    const { attributes, digest } = signedAttributes({
      documentDigest,
      algorithm,
      certificate,
      ...(signingTime && { signingTime }),
    });
    const value = await pki.sign(person, algorithm, digest);
    return signedData({ algorithm, attributes, value, certificates: [certificate, pki.der('issuing')] });
  }

  it.each([
    ['rsa', 'RSA-PKCS1-SHA256'],
    ['rsa3072', 'RSA-PKCS1-SHA512'],
    ['rsa', 'RSA-PSS-SHA256'],
    ['rsa3072', 'RSA-PSS-SHA384'],
    ['p256', 'ECDSA-SHA256'],
    ['p384', 'ECDSA-SHA384'],
    ['p521', 'ECDSA-SHA512'],
  ] as const)('%s with %s is accepted by openssl and fits its reserved size', async (person, algorithm) => {
    const cms = await make(person, algorithm, new Date('2026-01-02T03:04:05Z'));
    await writeFile(join(pki.folder, 'cms.der'), cms);
    await writeFile(join(pki.folder, 'content'), content);
    const files = ['-inform', 'DER', '-in', 'cms.der', '-content', 'content', '-binary'];
    const trust = ['-CAfile', 'root.crt', '-purpose', 'any'];
    expect(await openssl(pki.folder, 'cms', '-verify', '-cades', ...files, ...trust)).toBe(content.toString('latin1'));
    const room = contentsSize({ certificates: [pki.der(person), pki.der('issuing')] });
    expect(room - cms.length).toBeGreaterThan(0);
    expect(room - cms.length).toBeLessThan(1500);
  });

  it('has its attributes in the order of their bytes, and no signing time unless asked', async () => {
    const facts = readSignedData(await make('p384', 'ECDSA-SHA384'));
    const signed = facts?.signers[0]?.signed;
    const order = [...each(firstOf(signed?.raw ?? new Uint8Array()).value)].map(({ raw }) => raw);
    expect(order.toSorted(compareBytes)).toEqual(order);
    expect([...(signed?.values.keys() ?? [])].toSorted()).toEqual(
      [oids.contentType, oids.messageDigest, oids.signingCertificateV2].toSorted(),
    );
  });

  it('names its certificate: SHA-256 without an algorithm, a stronger digest with it', async () => {
    const ess = async (person: Person, algorithm: SignatureAlgorithm): Promise<string> => {
      const signer = readSignedData(await make(person, algorithm))?.signers[0];
      return Buffer.from(onlyValue(signer?.signed, oids.signingCertificateV2)?.raw ?? []).toString('hex');
    };
    const hash = (name: string, person: Person): string => createHash(name).update(pki.der(person)).digest('hex');
    expect(await ess('p256', 'ECDSA-SHA256')).toMatch(new RegExp(`^30..30..30..0420${hash('sha256', 'p256')}30`));
    expect(await ess('p384', 'ECDSA-SHA384')).toContain(`300b06096086480165030402020430${hash('sha384', 'p384')}`);
  });

  it('is refused before the card when the key and the algorithm do not fit', () => {
    const request = (person: Person, algorithm: SignatureAlgorithm, length: number) => () =>
      signedAttributes({ documentDigest: new Uint8Array(length), algorithm, certificate: pki.der(person) });
    expect(request('p384', 'ECDSA-SHA256', 32)).toThrow(expect.objectContaining({ code: 'key-algorithm' }));
    expect(request('rsa', 'ECDSA-SHA256', 32)).toThrow(expect.objectContaining({ code: 'key-algorithm' }));
    expect(request('p256', 'ECDSA-SHA256', 20)).toThrow(expect.objectContaining({ code: 'call-invalid' }));
  });
});
