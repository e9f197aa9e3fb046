import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeToken } from '../../../test/pki/make-token.js';
import { startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { firstOf } from '@sigill/core/cms';
import { checkToken } from './check-token.js';
import { readToken } from './read-token.js';

const digest = Uint8Array.from(createHash('sha256').update('what was stamped').digest());

describe('a token', () => {
  let pki: TestPki;
  let token: Uint8Array;
  beforeAll(async () => {
    pki = await startTestPki();
    token = await makeToken(pki, 'tsa', { digest, time: new Date('2026-03-04T05:06:07Z') });
  }, 120_000);
  afterAll(() => pki.close());

  const faultOf = async (bytes: Uint8Array, over = digest): Promise<string | undefined> => {
    const checked = await checkToken(bytes, async () => over);
    return 'fault' in checked ? checked.fault : undefined;
  };

  it('says when, and holds', async () => {
    expect(await faultOf(token)).toBeUndefined();
    expect(new Date(readToken(token)?.time ?? 0).toISOString()).toBe('2026-03-04T05:06:07.000Z');
  });

  it('over other bytes does not hold', async () => {
    expect(await faultOf(token, new Uint8Array(32))).toBe('imprint');
  });

  it('from before its certificate does not hold', async () => {
    expect(await faultOf(await makeToken(pki, 'tsa', { digest, time: new Date('2019-01-01T00:00:00Z') }))).toBe(
      'certificate-validity',
    );
  });

  it('does not hold with any byte of its TSTInfo, attributes or value changed', async () => {
    const signer = readToken(token)?.signedData;
    const places = [signer?.content, signer?.signers[0]?.signed?.raw.subarray(2), signer?.signers[0]?.value];
    for (const place of places) {
      const start = Buffer.from(token).indexOf(Buffer.from(place ?? []).subarray(-40));
      expect(start).toBeGreaterThan(0);
      for (let at = start; at < start + 40; at += 3) {
        const bad = token.slice();
        bad[at] = (bad[at] ?? 0) ^ 0x11;
        expect(await faultOf(bad), `${at}`).toBeDefined();
      }
    }
  });

  it('cut anywhere is no token', async () => {
    for (let length = 0; length < firstOf(token).raw.length; length += 37) {
      expect(await faultOf(token.subarray(0, length))).toBe('not-a-token');
    }
  });
});
