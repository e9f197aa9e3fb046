import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteRange, Delivery, DigestAlgorithm, Documents } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf } from '../../../test/pdf/documents.js';
import { type SoftwareKey, softwareKey } from '../../../test/pdf/software-key.js';
import { readCertificate } from '@sigill/core/cms';
import { finishDocument } from './finish-document.js';
import { prepareDocument, type SigningMeans } from './prepare-document.js';
import type { Work } from './work.js';

/** One document and one draft of it, in memory; what was delivered stands in `delivered`. */
function memory(): { readonly work: Work; readonly delivered: Delivery[] } {
  const original = documentOf();
  let draft = new Uint8Array(0);
  const delivered: Delivery[] = [];
  const bytesOf = (id: string): Uint8Array => (id === 'draft' ? draft : original);
  const documents: Partial<Documents> = {
    info: async (id) => ({ id, name: 'offer.pdf', size: bytesOf(id).length }),
    read: async (id, { offset, length }) => bytesOf(id).slice(offset, offset + length),
    digest: async (id: string, algorithm: DigestAlgorithm, ranges: readonly ByteRange[]) => {
      const hash = createHash(algorithm.replace('-', ''));
      for (const { offset, length } of ranges) hash.update(bytesOf(id).subarray(offset, offset + length));
      return Uint8Array.from(hash.digest());
    },
    draft: async () => {
      draft = Uint8Array.from(original);
      return 'draft';
    },
    append: async (_, bytes) => {
      draft = Uint8Array.from([...draft, ...bytes]);
      return draft.length;
    },
    patch: async (_, offset, bytes) => draft.set(bytes, offset),
    deliver: async (delivery) => {
      delivered.push(delivery);
      return { id: 'result', name: 'offer-signed.pdf', size: draft.length };
    },
  };
  return { work: { documents } as unknown as Work, delivered };
}

describe('a signature that a card has made', () => {
  let key: SoftwareKey;
  let means: SigningMeans;
  beforeAll(async () => {
    key = await softwareKey();
    const pem = readFileSync(key.certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '');
    const certificate = readCertificate(Buffer.from(pem, 'base64'));
    if (!certificate) throw new Error('no certificate');
    const wish = {
      documents: ['document'],
      level: 'B-B',
      format: 'pades',
      padding: 'PKCS1',
      language: 'en',
      passwordOf: () => undefined,
    } as const;
    const own = { certificate, certificates: [certificate.der], issuers: [] };
    means = { wish, credential: { card: 'card-1', key: '45', algorithm: 'ECDSA-SHA256', ...own }, time: new Date() };
  });
  afterAll(() => rmSync(key.folder, { recursive: true, force: true }));

  /** As the card would over what it is given; `wrong` is over something else. */
  const signed = (attributes: Uint8Array, wrong: boolean): Uint8Array => {
    const data = wrong ? Buffer.concat([attributes, Buffer.from([0])]) : attributes;
    return sign('sha256', data, createPrivateKey(readFileSync(join(key.folder, 'key.pem'))));
  };

  it('is delivered when it reads back as it must', async () => {
    const { work, delivered } = memory();
    const prepared = await prepareDocument(work, 'document', means);
    const value = signed(prepared.attributes.attributes, false);
    expect(await finishDocument(work, prepared, means, value, undefined)).toMatchObject({
      state: 'signed',
      level: 'PAdES-B-B',
      messages: [{ key: 'sign.done', values: { name: 'offer.pdf', result: 'offer-signed.pdf' } }],
    });
    expect(delivered).toEqual([{ draft: 'draft', suffix: 'signed', note: { level: 'PAdES-B-B' } }]);
  });

  it('is not when it does not, and why is said', async () => {
    const { work, delivered } = memory();
    const prepared = await prepareDocument(work, 'document', means);
    const value = signed(prepared.attributes.attributes, true);
    await expect(finishDocument(work, prepared, means, value, undefined)).rejects.toMatchObject({
      messages: [{ key: 'sign.check-failed', values: { why: 'SIG_CRYPTO_FAILURE' } }],
    });
    expect(delivered).toEqual([]);
  });
});
