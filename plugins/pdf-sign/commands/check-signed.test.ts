import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import type { ByteRange, DigestAlgorithm, Documents } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf } from '../../../test/pdf/documents.js';
import { signBytes, type SignedBytes } from '../../../test/pdf/sign-bytes.js';
import { type SoftwareKey, softwareKey } from '../../../test/pdf/software-key.js';
import { openPdf } from '../pdf/open-pdf.js';
import { sourceOf } from '../pdf/source.js';
import { checkSigned, earlierSignatures } from './check-signed.js';

/** One document in memory, whatever it is called. */
const documentsWith = (bytes: Uint8Array): Documents =>
  ({
    info: async (id: string) => ({ id, name: 'draft.pdf', size: bytes.length }),
    read: async (_: string, { offset, length }: ByteRange) => bytes.slice(offset, offset + length),
    digest: async (_: string, algorithm: DigestAlgorithm, ranges: readonly ByteRange[]) => {
      const hash = createHash(algorithm.replace('-', ''));
      for (const { offset, length } of ranges) hash.update(bytes.subarray(offset, offset + length));
      return Uint8Array.from(hash.digest());
    },
  }) as unknown as Documents;

describe('a draft that was signed is read back before it is delivered', () => {
  let key: SoftwareKey;
  let own: string;
  let first: SignedBytes;
  let second: SignedBytes;
  beforeAll(async () => {
    key = await softwareKey();
    const pem = readFileSync(key.certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '');
    own = createHash('sha256').update(Buffer.from(pem, 'base64')).digest('hex');
    first = await signBytes(documentOf(), key.sign);
    second = await signBytes(first.bytes, key.sign);
  });
  afterAll(() => rmSync(key.folder, { recursive: true, force: true }));

  const checked = async (bytes: Uint8Array, field: string, certificate = own): Promise<string> => {
    const earlier = await earlierSignatures(await openPdf(sourceOf(first.bytes)));
    const check = { documents: documentsWith(bytes), draft: 'draft', field, certificate };
    return await checkSigned({ ...check, earlier: field === second.field ? earlier : [] }).then(
      () => 'good',
      ({ messages }: { messages: { values: { why: string } }[] }) => String(messages[0]?.values.why),
    );
  };
  const flipped = (bytes: Uint8Array, at: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };

  it('and is good when it is as it must be', async () => {
    expect([await checked(first.bytes, first.field), await checked(second.bytes, second.field)]).toEqual([
      'good',
      'good',
    ]);
  });

  it('and is not when a byte of the page is another', async () => {
    const at = Buffer.from(first.bytes).indexOf('Avtal');
    expect(await checked(flipped(first.bytes, at), first.field)).toBe('HASH_FAILURE');
  });

  it('when the signature’s value is another', async () => {
    // The last bytes of the CMS are the value's own.
    const cms = Buffer.from(first.cms).toString('hex');
    const at = Buffer.from(first.bytes).indexOf(cms) + cms.length - 4;
    const bytes = Uint8Array.from(first.bytes);
    bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
    expect(await checked(bytes, first.field)).toBe('SIG_CRYPTO_FAILURE');
  });

  it('when another certificate signed, or something stands behind it', async () => {
    expect(await checked(first.bytes, first.field, '00'.repeat(32))).toBe('certificate');
    expect(await checked(Buffer.concat([first.bytes, Buffer.from('%more\n')]), first.field)).toBe('not-whole');
  });

  it('when an earlier signature is gone', async () => {
    const earlier = [{ field: 'Gone', allowed: true }];
    const check = {
      documents: documentsWith(first.bytes),
      draft: 'draft',
      field: first.field,
      certificate: own,
      earlier,
    };
    await expect(checkSigned(check)).rejects.toMatchObject({ messages: [{ values: { why: 'earlier' } }] });
  });
});
