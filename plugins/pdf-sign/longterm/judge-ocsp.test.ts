import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPki, type Person, type TestPki } from '../../../test/pki/test-pki.js';
import { type CertificateFacts, readCertificate } from '@sigill/core/cms';
import { judgeCrl } from './judge-crl.js';
import { judgeOcsp } from './judge-ocsp.js';
import { ocspRequest } from './ocsp-request.js';

describe('a revocation answer', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());

  const facts = (person: Person): CertificateFacts => readCertificate(pki.der(person))!;
  const ask = async (person: Person, responder = ''): Promise<Uint8Array> => {
    const body = Uint8Array.from(ocspRequest(facts(person), facts('issuing'), Uint8Array.of(1, 2, 3, 4)));
    const answer = await fetch(`${pki.server.site}/ocsp/issuing?${responder}`, { method: 'POST', body });
    return new Uint8Array(await answer.arrayBuffer());
  };
  const judge = async (bytes: Uint8Array, person: Person, issuer: Person = 'issuing'): Promise<unknown> =>
    judgeOcsp(bytes, facts(person), facts(issuer));

  it('counts from the responder that the issuer named, and from the issuer itself', async () => {
    expect(await judge(await ask('p256'), 'p256')).toMatchObject({ kind: 'ocsp', status: 'good', responder: {} });
    const direct = await judge(await ask('p256', 'issuing'), 'p256');
    expect(direct).toMatchObject({ status: 'good' });
    expect(direct).not.toHaveProperty('responder');
  });

  it('says revoked with its time, and unknown for a certificate that nobody knows', async () => {
    await pki.revoke('rsa', new Date('2026-02-03T04:05:06Z'));
    expect(await judge(await ask('rsa'), 'rsa')).toMatchObject({
      status: 'revoked',
      revokedAt: Date.parse('2026-02-03T04:05:06Z'),
    });
    expect(await judge(await ask('foreign'), 'foreign', 'issuing')).toMatchObject({ status: 'unknown' });
  });

  it('of another signer does not count', async () => {
    expect(await judge(await ask('p256', 'foreignResponder'), 'p256')).toEqual({ fault: 'responder' });
    expect(await judge(await ask('p256', 'p384'), 'p256')).toEqual({ fault: 'responder' });
  });

  it('of a responder whose certificate the issuer did not sign does not count', async () => {
    const forged = Buffer.from(await ask('p256'));
    const end = forged.indexOf(Buffer.from(pki.der('responder'))) + pki.der('responder').length - 1;
    forged[end]! ^= 1;
    expect(await judge(forged, 'p256')).toEqual({ fault: 'responder' });
  });

  it('about another certificate does not count', async () => {
    expect(await judge(await ask('p256'), 'p384')).toEqual({ fault: 'other-certificate' });
  });

  it('with a changed byte does not count', async () => {
    const good = await ask('p256');
    for (let at = 4; at < good.length; at += 13) {
      const bad = good.slice();
      bad[at] = (bad[at] ?? 0) ^ 0x04;
      const judged = (await judge(bad, 'p256')) as { status?: string };
      // What is not signed: the certificates that come along, the frame.
      if (judged.status) expect(judged).toMatchObject({ status: 'good' });
      expect(judged).not.toMatchObject({ status: 'revoked' });
    }
    for (let length = 0; length < good.length; length += 11) {
      expect(await judge(good.subarray(0, length), 'p256')).toEqual({ fault: 'no-answer' });
    }
  });

  it('in a CRL counts when the issuer signed it', async () => {
    const crl = async (name: string): Promise<Uint8Array> =>
      new Uint8Array(await (await fetch(`${pki.server.site}/crl/${name}`)).arrayBuffer());
    const list = await crl('issuing');
    expect(await judgeCrl(list, facts('p256'), facts('issuing'))).toMatchObject({ kind: 'crl', status: 'good' });
    expect(await judgeCrl(list, facts('rsa'), facts('issuing'))).toMatchObject({ status: 'revoked' });
    expect(await judgeCrl(await crl('root'), facts('p256'), facts('issuing'))).toEqual({ fault: 'other-certificate' });
    expect(await judgeCrl(list, facts('p256'), facts('stranger'))).toEqual({ fault: 'signature' });
    const bad = list.slice();
    bad[60] = (bad[60] ?? 0) ^ 1;
    expect(await judgeCrl(bad, facts('rsa'), facts('issuing'))).toHaveProperty('fault');
  });
});
