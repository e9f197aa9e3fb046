import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { type CertificateFacts, type Extensions, readCertificate } from '@sigill/core/cms';
import { certificateProblem } from './certificate-problem.js';
import type { FoundEvidence } from './evidence-store.js';

describe('what stands against a chain', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());

  const facts = (person: Person, extensions: Partial<Extensions> = {}): CertificateFacts => {
    const certificate = readCertificate(pki.der(person))!;
    return { ...certificate, extensions: { ...certificate.extensions, ...extensions } };
  };
  const now = Date.now();
  const good: FoundEvidence = {
    from: 'document',
    evidence: { kind: 'crl', der: new Uint8Array(), status: 'good', thisUpdate: now, producedAt: now },
  };
  const problem = (
    leaf: Partial<Extensions>,
    issuing: Partial<Extensions>,
    root: Partial<Extensions> = {},
  ): unknown => {
    const anchor = { certificate: facts('root', root), source: 'file' } as const;
    const certificates = [facts('p256', leaf), facts('issuing', issuing), anchor.certificate] as const;
    return certificateProblem({ certificates, anchor }, [good, good], now, false)?.sub;
  };

  it('is nothing for a good one', () => {
    expect(problem({}, {})).toBeUndefined();
  });

  it('is an issuer that is no authority, or may not sign certificates', () => {
    expect(problem({}, { ca: false })).toBe('CHAIN_CONSTRAINTS_FAILURE');
    expect(problem({}, { usage: ['digitalSignature'] })).toBe('CHAIN_CONSTRAINTS_FAILURE');
  });

  it('is a path that is longer than an authority allows', () => {
    expect(problem({}, {}, { pathLength: 1 })).toBeUndefined();
    expect(problem({}, {}, { pathLength: 0 })).toBe('CHAIN_CONSTRAINTS_FAILURE');
  });

  it('is a critical extension that is not understood', () => {
    expect(problem({ unknownCritical: ['1.2.3'] }, {})).toBe('CHAIN_CONSTRAINTS_FAILURE');
    expect(problem({}, { unknownCritical: ['2.5.29.30'] })).toBe('CHAIN_CONSTRAINTS_FAILURE');
  });

  it('is an anchor without basicConstraints not', () => {
    expect(problem({}, {}, { ca: false })).toBeUndefined();
  });
});
