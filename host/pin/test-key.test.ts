import 'reflect-metadata';
import type { Card, Signing } from '@sigill/core';
import { X509CertificateGenerator } from '@peculiar/x509';
import { createPrivateKey, sign, webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testKey } from './test-key.js';

describe('testing a key', () => {
  let der: Uint8Array;
  let right: Pick<Signing, 'sign'>;
  const asked: string[] = [];
  const card = { id: 'card-1', certificates: [{ id: '45', key: { algorithm: 'EC', size: 384 } }] } as unknown as Card;

  beforeAll(async () => {
    const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ])) as webcrypto.CryptoKeyPair;
    const made = await X509CertificateGenerator.createSelfSigned(
      { name: 'CN=Test', keys: keys as never, signingAlgorithm: { name: 'ECDSA', hash: 'SHA-384' } as never },
      webcrypto as never,
    );
    der = new Uint8Array(made.rawData);
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    right = {
      async sign({ algorithm }) {
        asked.push(algorithm);
        return { algorithm, value: sign('sha384', Buffer.from('something else'), key) };
      },
    };
  });

  it('fails when the signature does not fit the certificate', async () => {
    await expect(testKey(right, card, '45', der)).rejects.toMatchObject({
      code: 'key-test-failed',
      facts: { key: '45' },
    });
    expect(asked).toEqual(['ECDSA-SHA384']);
  });

  it('knows only keys that have a certificate', async () => {
    await expect(testKey(right, card, '46', der)).rejects.toMatchObject({ code: 'key-unknown' });
  });
});
