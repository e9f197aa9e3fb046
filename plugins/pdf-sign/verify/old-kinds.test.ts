import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../../test/pki/openssl.js';
import { hash } from '../../../test/pki/signed-content.js';
import { testNet } from '../../../test/pki/test-net.js';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { octets } from '@sigill/core/cms';
import type { SignatureInput } from './check-pdf-signature.js';
import { validateDocument } from './validate-document.js';

const content = Buffer.from('%PDF-1.4 from long ago');

describe('signatures of other kinds, made by openssl', () => {
  let pki: TestPki;
  beforeAll(async () => {
    pki = await startTestPki();
    await writeFile(join(pki.folder, 'content'), content);
    await writeFile(join(pki.folder, 'digest'), hash(content, 'SHA-1'));
  }, 120_000);
  afterAll(() => pki.close());

  const verdict = async (
    subFilter: string,
    contents: Uint8Array,
    more: Partial<SignatureInput> = {},
  ): Promise<unknown> => {
    const digest: SignatureInput['digest'] = async (algorithm) => hash(content, algorithm);
    const signature = {
      kind: 'signature',
      subFilter,
      contents,
      coversAllButContents: true,
      end: 1,
      digest,
      ...more,
    } as const;
    const [report] = await validateDocument({
      signatures: [signature],
      anchors: [{ der: pki.der('root'), source: 'system' }],
      net: testNet(),
    });
    return [report?.subIndication ?? report?.indication, report?.level, report?.algorithm];
  };
  const cms = async (person: Person, ...options: readonly string[]): Promise<Uint8Array> => {
    const keys = ['-signer', `${person}.crt`, '-inkey', `${person}.key`, '-certfile', 'issuing.crt'];
    await openssl(pki.folder, 'cms', '-sign', '-binary', '-outform', 'DER', ...keys, ...options, '-out', 'old.der');
    return readFile(join(pki.folder, 'old.der'));
  };
  const changed = { digest: async (algorithm: string) => hash('other', algorithm) };

  it('adbe.pkcs7.detached: with signing time, with a key identifier, with PSS', async () => {
    const over = ['-in', 'content'];
    const detached = 'adbe.pkcs7.detached';
    expect(await verdict(detached, await cms('rsa', ...over))).toEqual(['TOTAL-PASSED', 'PKCS7-B', 'RSA SHA-256']);
    expect(await verdict(detached, await cms('p384', ...over, '-keyid', '-md', 'sha384'))).toEqual([
      'TOTAL-PASSED',
      'PKCS7-B',
      'ECDSA SHA-384',
    ]);
    for (const salt of ['digest', 'max', '0']) {
      const pss = [
        '-keyopt',
        'rsa_padding_mode:pss',
        '-keyopt',
        `rsa_pss_saltlen:${salt === 'digest' ? '-1' : salt === 'max' ? '-2' : '0'}`,
      ];
      expect(await verdict(detached, await cms('rsa3072', ...over, ...pss))).toEqual([
        'TOTAL-PASSED',
        'PKCS7-B',
        'RSA-PSS SHA-256',
      ]);
    }
  });

  it('without signed attributes: over the document’s digest itself', async () => {
    const bare = await cms('rsa', '-in', 'content', '-noattr', '-md', 'sha512');
    expect(await verdict('adbe.pkcs7.detached', bare)).toEqual(['TOTAL-PASSED', 'PKCS7-B', 'RSA SHA-512']);
    expect(await verdict('adbe.pkcs7.detached', bare, changed)).toEqual([
      'SIG_CRYPTO_FAILURE',
      undefined,
      'RSA SHA-512',
    ]);
    // ECDSA is checked over whole bytes only.
    const curve = await cms('p256', '-in', 'content', '-noattr');
    expect(await verdict('adbe.pkcs7.detached', curve)).toEqual([
      'CRYPTO_CONSTRAINTS_FAILURE',
      undefined,
      'ECDSA SHA-256',
    ]);
  });

  it('adbe.pkcs7.sha1: the document’s SHA-1 is inside', async () => {
    const inside = await cms('rsa', '-in', 'digest', '-nodetach');
    // However strong the signature is, the document hangs on SHA-1.
    expect(await verdict('adbe.pkcs7.sha1', inside)).toEqual([
      'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      'PKCS7-B',
      'RSA SHA-256',
    ]);
    expect(await verdict('adbe.pkcs7.sha1', inside, changed)).toEqual(['HASH_FAILURE', undefined, undefined]);
    expect(await verdict('adbe.pkcs7.detached', inside)).toEqual(['FORMAT_FAILURE', undefined, undefined]);
  });

  it('adbe.x509.rsa_sha1: no CMS at all', async () => {
    const value = await pki.sign('rsa', 'RSA-PKCS1-SHA256', hash(content, 'SHA-256'));
    const bare = octets(value);
    const certificates = [pki.der('rsa'), pki.der('issuing')];
    const kind = 'adbe.x509.rsa_sha1';
    expect(await verdict(kind, bare, { certificates })).toEqual(['TOTAL-PASSED', 'PKCS1-B', 'RSA SHA-256']);
    expect(await verdict(kind, bare, { certificates, ...changed })).toEqual(['HASH_FAILURE', undefined, undefined]);
    expect(await verdict(kind, bare)).toEqual(['NO_SIGNING_CERTIFICATE_FOUND', undefined, undefined]);
  });

  it('SHA-1 is told as too weak', async () => {
    const weak = await cms('rsa', '-in', 'content', '-md', 'sha1');
    expect(await verdict('adbe.pkcs7.detached', weak)).toEqual([
      'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      'PKCS7-B',
      'RSA SHA-1',
    ]);
  });

  it('two signers in one are a fault of form', async () => {
    const two = await cms('rsa', '-in', 'content', '-signer', 'p256.crt', '-inkey', 'p256.key');
    expect(await verdict('adbe.pkcs7.detached', two)).toEqual(['FORMAT_FAILURE', undefined, undefined]);
  });
});
