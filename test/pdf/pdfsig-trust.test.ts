import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { algorithmFor, digestOf, digestOfAlgorithm, readCertificate } from '@sigill/core/cms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedAttributes } from '../../plugins/pdf-sign/cms/signed-attributes.js';
import { signedData } from '../../plugins/pdf-sign/cms/signed-data.js';
import { type Person, startTestPki, type TestPki } from '../pki/test-pki.js';
import { documentOf } from './documents.js';
import { signBytes } from './sign-bytes.js';
import { tool } from './tool.js';

let pki: TestPki;
beforeAll(async () => {
  pki = await startTestPki();
  for (const [name, trusted] of [
    ['root', ['root']],
    ['nobody', []],
    ['stranger', ['stranger']],
  ] as const) {
    await tool('mkdir', [at(name)]);
    await tool('certutil', ['-N', '-d', at(name), '--empty-password']);
    for (const one of trusted)
      await tool('certutil', ['-A', '-d', at(name), '-n', one, '-t', ',C,', '-i', join(pki.folder, `${one}.crt`)]);
  }
}, 300_000);
afterAll(() => pki.close());

const at = (name: string): string => join(pki.folder, `nss-${name}`);

/** Signs a document as the plugin does, by a person of the test PKI; the issuing authority's certificate comes along, the root's does not. */
async function signed(person: Person): Promise<string> {
  const certificate = pki.der(person);
  const facts = readCertificate(certificate);
  const algorithm = (facts && algorithmFor(facts)) ?? 'RSA-PKCS1-SHA256';
  const { bytes } = await signBytes(
    documentOf(),
    async (covered) => {
      const documentDigest = digestOf(digestOfAlgorithm(algorithm), covered);
      const attributes = signedAttributes({ documentDigest, algorithm, certificate });
      const value = await pki.sign(person, algorithm, attributes.digest);
      const certificates = [certificate, pki.der('issuing')];
      return signedData({ algorithm, attributes: attributes.attributes, value, certificates });
    },
    { wish: { contentsSize: 8192 } },
  );
  const path = join(pki.folder, `${person}.pdf`);
  writeFileSync(path, bytes);
  return path;
}

/** What pdfsig says of the certificate, with a database of authorities. */
async function verdict(path: string, database: string, ...options: readonly string[]): Promise<string | undefined> {
  const { text } = await tool('pdfsig', ['-nssdir', at(database), ...options, path], 60_000);
  expect(text).toContain('Signature Validation: Signature is Valid.');
  return /Certificate Validation: (.*)/.exec(text)?.[1];
}

describe('a certificate in a signed document, judged by pdfsig', () => {
  it.each(['p384', 'p256', 'rsa'] as const)(
    'of %s is trusted where its root is, by the chain in the document',
    async (person) => {
      const path = await signed(person);
      expect(await verdict(path, 'root')).toBe('Certificate is Trusted.');
      for (const database of ['nobody', 'stranger'])
        expect(await verdict(path, database)).toMatch(/isn't Trusted|issuer is unknown/);
    },
  );

  it('is not trusted once it was revoked', async () => {
    const path = await signed('p521');
    await pki.revoke('p521', new Date('2025-01-01T00:00:00Z'));
    expect(await verdict(path, 'root')).toBe('Certificate has been Revoked.');
  });

  // poppler 22.12 asks NSS for its last error, and not whether the chain was good: without an answer of the OCSP service, or when none is asked
  // (`-no-ocsp`), an error is left over from looking for an extension or a host, and a good chain is an “unknown issue”. That is so for every certificate,
  // and for those of the simulated cards, whose OCSP service has no address.
  it('is no more than an “unknown issue” to an older pdfsig that asks no service, though NSS finds its chain good', async () => {
    const path = await signed('p384');
    expect(['Certificate is Trusted.', 'Unknown issue with Certificate or corrupted data.']).toContain(
      await verdict(path, 'root', '-no-ocsp'),
    );
    expect(await verdict(path, 'nobody', '-no-ocsp')).toMatch(/isn't Trusted|issuer is unknown/);
  });
});
