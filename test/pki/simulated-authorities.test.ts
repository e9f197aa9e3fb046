import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testCa } from '@sigill/core/sim';
import { ecKey } from '../../core/sim/ec-key.js';
import { holderCertificate } from '../../core/sim/holder-certificate.js';
import { HttpNet } from '../../host/net/http-net.js';
import { collectEvidence } from '../../plugins/pdf-sign/longterm/collect-evidence.js';
import { serveSimulatedCards } from './simulated-authorities.js';
import { startTestPki, type TestPki } from './test-pki.js';

describe('the services of simulated cards', () => {
  let pki: TestPki;
  let der: Uint8Array;
  beforeAll(async () => {
    pki = await startTestPki();
    const key = ecKey('a holder', 'P-384');
    const person = {
      label: 'a holder',
      issuer: 'citizen',
      subject: [['CN', 'A Holder']],
      email: '',
      use: 'signature',
      key,
    } as const;
    der = holderCertificate(person, 'normal', {});
    await serveSimulatedCards(pki, [der]);
    vi.stubEnv('HTTP_PROXY', pki.server.site);
    vi.stubEnv('NO_PROXY', '');
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await pki.close();
  });

  it('answer at the addresses in the cards’ certificates, through the host’s own HTTP', async () => {
    const net = new HttpNet({ signal: new AbortController().signal, agent: 'test' });
    try {
      const anchors = [{ der: testCa().root.der, source: 'card' } as const];
      const bag = await collectEvidence({ net, targets: [der], certificates: [], anchors });
      expect(bag).toMatchObject({ ocsps: [{}], revoked: [], trusted: true });
      // The test CA below the root names no service: a card's own CA certificate is the anchor in earnest.
      expect(bag.missing).toMatchObject([{ certificate: 'Sigill TEST Citizen Certificates', why: 'no address' }]);
    } finally {
      net.dispose();
    }
  });
});
