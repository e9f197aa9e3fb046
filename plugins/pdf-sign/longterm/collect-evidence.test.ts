import type { TrustAnchor } from '@sigill/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noNet, testNet } from '../../../test/pki/test-net.js';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { collectEvidence, type EvidenceBag, requireEvidence } from './collect-evidence.js';
import { readOcsp } from './read-ocsp.js';

describe('long-term data', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());
  afterEach(async () => {
    for (const path of ['/ocsp/issuing', '/ocsp/root', '/crl/issuing']) pki.server.answer(path, undefined);
    await pki.revoke('p256', undefined);
  });

  const anchors = (): TrustAnchor[] => [{ der: pki.der('root'), source: 'file' }];
  const collect = (person: Person, more: Partial<Parameters<typeof collectEvidence>[0]> = {}): Promise<EvidenceBag> =>
    collectEvidence({ net: testNet(), targets: [pki.der(person)], certificates: [], anchors: anchors(), ...more });

  it('are the chain, fetched where it is missing, and an OCSP answer for each certificate below the anchor', async () => {
    const bag = await collect('p384');
    expect(bag).toMatchObject({ missing: [], revoked: [], crls: [], trusted: true });
    const people = ['p384', 'issuing', 'root', 'responder', 'rootResponder'] as const;
    expect(bag.certs.map((der) => Buffer.from(der).toString('hex')).toSorted()).toEqual(
      people.map((person) => Buffer.from(pki.der(person)).toString('hex')).toSorted(),
    );
    expect(bag.ocsps.map((der) => readOcsp(der)?.entries[0]?.status)).toEqual(['good', 'good']);
    expect(pki.server.asked).toContain('/certificates/issuing');
    expect(() => requireEvidence(bag)).not.toThrow();
  });

  it('have a CRL where there is no OCSP', async () => {
    expect(await collect('crlOnly', { certificates: [pki.der('issuing')] })).toMatchObject({
      missing: [],
      crls: [{}],
      ocsps: [{}],
    });
    pki.server.answer('/ocsp/issuing', () => ({ status: 503, body: new Uint8Array() }));
    expect(await collect('p256')).toMatchObject({ missing: [], crls: [{}], ocsps: [{}] });
  });

  it('do not have an answer that was given to another', async () => {
    let first: Uint8Array | undefined;
    const net = testNet();
    await collect('p256', {
      net: {
        request: async (asked) => {
          const answer = await net.request(asked);
          if (asked.url.endsWith('/ocsp/issuing')) first ??= answer.body;
          return answer;
        },
      },
    });
    pki.server.answer('/ocsp/issuing', () => ({ body: first ?? new Uint8Array() }));
    expect(await collect('p256')).toMatchObject({ missing: [], crls: [{}], ocsps: [{}] });
  });

  it('serve a signer and a timestamp authority at once, each part once', async () => {
    const bag = await collect('p384', { targets: [pki.der('p384'), pki.der('tsa')] });
    expect([bag.certs.length, bag.ocsps.length]).toEqual([6, 3]);
  });

  it('tell a revoked certificate', async () => {
    await pki.revoke('p256', new Date('2026-05-06T07:08:09Z'));
    const bag = await collect('p256');
    expect(bag.revoked).toEqual([{ certificate: 'Test p256', time: '2026-05-06T07:08:09.000Z' }]);
    expect(() => requireEvidence(bag)).toThrow(expect.objectContaining({ code: 'certificate-revoked' }));
    pki.server.answer('/ocsp/issuing', () => ({ body: new Uint8Array() }));
    expect(await collect('p256')).toMatchObject({ revoked: bag.revoked, crls: [{}] });
  });

  it('tell what could not be had, and why', async () => {
    const bag = await collect('p256', { net: noNet, certificates: [pki.der('issuing')] });
    expect(bag.missing.map(({ certificate }) => certificate)).toEqual(['Test p256', 'Test issuing']);
    expect(bag.missing[0]?.why).toMatch(/\/ocsp\/issuing: net-unreachable; .*\/crl\/issuing: net-unreachable$/);
    expect(() => requireEvidence(bag)).toThrow(expect.objectContaining({ code: 'evidence-missing' }));
    expect(await collect('p256', { net: noNet })).toMatchObject({ missing: [{ why: 'issuer' }], trusted: false });
  });

  it('say when no chain ends at an anchor', async () => {
    expect(await collect('p256', { anchors: [{ der: pki.der('stranger'), source: 'file' }] })).toMatchObject({
      trusted: false,
    });
  });
});
