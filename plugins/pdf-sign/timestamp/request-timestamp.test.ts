import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../../test/pki/openssl.js';
import type { Answer } from '../../../test/pki/pki-server.js';
import { testNet } from '../../../test/pki/test-net.js';
import { startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { makeToken } from '../../../test/pki/make-token.js';
import { each, encode, firstOf, sequence } from '@sigill/core/cms';
import { probeTimestamp, requestTimestamp } from './request-timestamp.js';
import { timestampRequest } from './timestamp-request.js';

const digest = createHash('sha256').update('a signature value').digest();
const imprint = { digestAlgorithm: 'SHA-256', digest } as const;

describe('a timestamp', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());
  afterEach(() => pki.server.answer('/tsa', undefined));

  const ask = (net = testNet(), query = ''): ReturnType<typeof requestTimestamp> =>
    requestTimestamp(net, { url: `${pki.server.site}/tsa${query}` }, imprint);

  /** What the authority would answer to another request. */
  const answerTo = async (request: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(
      await (await fetch(`${pki.server.site}/tsa`, { method: 'POST', body: Uint8Array.from(request) })).arrayBuffer(),
    );

  it('comes from the authority, and openssl accepts it', async () => {
    const before = Date.now();
    const { token, time, certificate } = await ask();
    expect(time).toBeGreaterThan(before - 2000);
    expect(time).toBeLessThan(Date.now() + 2000);
    expect(certificate).toEqual(pki.der('tsa'));
    await writeFile(join(pki.folder, 'token'), token);
    const files = ['-digest', digest.toString('hex'), '-token_in', '-in', 'token'];
    await openssl(pki.folder, 'ts', '-verify', ...files, '-CAfile', 'root.crt', '-untrusted', 'issuing.crt');
  });

  it('is asked for once before, to know its size', async () => {
    const size = await probeTimestamp(testNet(), { url: `${pki.server.site}/tsa` }, 'SHA-256');
    expect(Math.abs((await ask()).token.length - size)).toBeLessThan(64);
  });

  it.each([
    ['with another nonce', () => answerTo(timestampRequest(imprint, Uint8Array.of(1, 2, 3))), 'nonce'],
    [
      'over other bytes',
      () => answerTo(timestampRequest({ ...imprint, digest: new Uint8Array(32) }, Uint8Array.of(1))),
      'imprint',
    ],
    ['in HTML', async () => Buffer.from('<html>Log in first</html>'), 'not a time-stamp response'],
    ['that is empty', async () => new Uint8Array(), 'not a time-stamp response'],
    ['granted without a token', async () => sequence(sequence(encode(0x02, Uint8Array.of(0)))), 'no token'],
    ['of 2 MB', async () => new Uint8Array(2_000_000), '2000000 bytes'],
  ] as const)('an answer %s is refused', async (_, make, why) => {
    const body = await make();
    pki.server.answer('/tsa', () => ({ body }));
    await expect(ask()).rejects.toMatchObject({ code: 'tsa-answer-invalid', facts: { why } });
  });

  it('a truncated answer is refused', async () => {
    const good = await answerTo(timestampRequest(imprint, Uint8Array.of(7)));
    for (const length of [1, 9, 100, good.length - 1]) {
      pki.server.answer('/tsa', () => ({ body: good.subarray(0, length) }));
      await expect(ask()).rejects.toMatchObject({ code: 'tsa-answer-invalid' });
    }
  });

  it.each([
    ['tsa', undefined],
    ['rsa', 'not-a-timestamp-certificate'],
    ['responder', 'not-a-timestamp-certificate'],
  ] as const)('from a certificate like that of %s: %s', async (person, why) => {
    pki.server.answer('/tsa', async (body) => {
      const nonce = [...each(firstOf(body).value)].filter(({ tag }) => tag === 0x02)[1]?.raw;
      const token = await makeToken(pki, person, { digest, time: new Date(), ...(nonce && { nonce }) });
      return { body: sequence(sequence(encode(0x02, Uint8Array.of(0))), token) };
    });
    if (why) await expect(ask()).rejects.toMatchObject({ code: 'tsa-answer-invalid', facts: { why } });
    else expect((await ask()).certificate).toEqual(pki.der(person));
  });

  it('a refusal is told in the authority’s words', async () => {
    const text = encode(0x30, encode(0x0c, Buffer.from('no contract')));
    pki.server.answer('/tsa', () => ({ body: sequence(sequence(encode(0x02, Uint8Array.of(2)), text)) }));
    await expect(ask()).rejects.toMatchObject({ code: 'tsa-refused', facts: { why: 'no contract' } });
    pki.server.answer('/tsa', () => ({ status: 403, body: new Uint8Array() }));
    await expect(ask()).rejects.toMatchObject({ code: 'tsa-refused', facts: { why: 'HTTP 403' } });
  });

  it('trouble on the way is told as it is', async () => {
    pki.server.answer('/tsa', (): Answer => ({ status: 500, body: new Uint8Array() }));
    await expect(ask()).rejects.toMatchObject({ code: 'tsa-answer-invalid', facts: { why: 'HTTP 500' } });
    pki.server.answer('/tsa', (): Answer => undefined);
    await expect(ask(testNet({ timeout: 50 }))).rejects.toMatchObject({ code: 'net-slow' });
    pki.server.answer('/tsa', (): Answer => ({ body: Buffer.alloc(100 << 20) }));
    await expect(ask(testNet({ most: 1 << 20 }))).rejects.toMatchObject({ code: 'net-too-large' });
    await expect(requestTimestamp(testNet(), { url: 'http://127.0.0.1:9' }, imprint)).rejects.toMatchObject({
      code: 'net-unreachable',
    });
  });
});
