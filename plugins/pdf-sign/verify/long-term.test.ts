import type { TrustAnchor } from '@sigill/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignedContent } from '../../../test/pki/signed-content.js';
import { testNet } from '../../../test/pki/test-net.js';
import { startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { collectEvidence } from '../longterm/collect-evidence.js';
import { type DocumentInput, validateDocument } from './validate-document.js';

const day = 86_400_000;

describe('a signature that is to last', () => {
  let pki: TestPki;
  let dss: NonNullable<DocumentInput['dss']>;
  beforeAll(async () => {
    pki = await startTestPki();
    const targets = [pki.der('p384'), pki.der('tsa')];
    dss = await collectEvidence({ net: testNet(), targets, certificates: [], anchors: anchors() });
  }, 120_000);
  afterAll(() => pki.close());

  const anchors = (): TrustAnchor[] => [{ der: pki.der('root'), source: 'file' }];
  const now = new Date();

  /** Level and verdict of each signature, without a network, some days later. */
  async function judged(content: SignedContent, later: number, more: Partial<DocumentInput> = {}): Promise<string[]> {
    const reports = await validateDocument({
      signatures: content.signatures,
      anchors: anchors(),
      dss,
      now: now.getTime() + later * day,
      ...more,
    });
    return reports.map(({ level, indication, subIndication = '' }) => `${level} ${indication} ${subIndication}`.trim());
  }

  it('reaches T with a timestamp, LT with its answers in the document, LTA with a document timestamp', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384', { stamped: { time: now } });
    expect(await judged(content, 0, { dss: undefined, net: testNet() })).toEqual(['PAdES-B-T TOTAL-PASSED']);
    expect(await judged(content, 0)).toEqual(['PAdES-B-LT TOTAL-PASSED']);
    await content.stamp(new Date(now.getTime() + 60_000));
    expect(await judged(content, 1)).toEqual(['PAdES-B-LTA TOTAL-PASSED', 'document-timestamp TOTAL-PASSED']);
  });

  it('passes years later without a network', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384', { stamped: { time: now } });
    expect(await judged(content, 3000)).toEqual(['PAdES-B-LT TOTAL-PASSED']);
    expect(await judged(content, 3000, { dss: undefined })).toEqual(['PAdES-B-B INDETERMINATE TRY_LATER']);
  });

  it('passes when all certificates have expired, as long as timestamps follow each other', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384', { stamped: { time: now } });
    await content.stamp(new Date(now.getTime() + 60_000));
    // The test PKI's certificates end with 2049.
    expect(await judged(content, 12_000)).toEqual([
      'PAdES-B-B INDETERMINATE OUT_OF_BOUNDS_NO_POE',
      'document-timestamp INDETERMINATE OUT_OF_BOUNDS_NO_POE',
    ]);
  });

  it('is held by a document timestamp alone', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384');
    await content.stamp(now);
    expect(await judged(content, 0)).toEqual(['PAdES-B-LT TOTAL-PASSED', 'document-timestamp TOTAL-PASSED']);
    await content.stamp(now);
    expect((await judged(content, 0))[0]).toBe('PAdES-B-LTA TOTAL-PASSED');
  });

  it('is not held by a timestamp that came before it', async () => {
    const content = new SignedContent(pki);
    await content.stamp(now);
    await content.sign('p384');
    expect(await judged(content, 0)).toEqual(['document-timestamp TOTAL-PASSED', 'PAdES-B-B TOTAL-PASSED']);
    // Nor in whatever order they are listed: what a timestamp covers counts.
    const signatures = content.signatures.toReversed();
    expect((await judged(content, 0, { signatures }))[0]).toBe('PAdES-B-B TOTAL-PASSED');
  });

  it('by two people: each has its own verdict', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384', { stamped: { time: now } });
    await content.sign('foreign', { chain: ['stranger'] });
    expect(await judged(content, 0)).toEqual([
      'PAdES-B-LT TOTAL-PASSED',
      'PAdES-B-B INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND',
    ]);
  });

  it('loses its time when the timestamp’s authority turns out to be revoked', async () => {
    const content = new SignedContent(pki);
    await content.sign('p384', { stamped: { time: now } });
    await pki.revoke('tsa', new Date(now.getTime() - 10 * day));
    try {
      expect(await judged(content, 0, { dss: undefined, net: testNet() })).toEqual(['PAdES-B-B TOTAL-PASSED']);
    } finally {
      await pki.revoke('tsa', undefined);
    }
  });
});
