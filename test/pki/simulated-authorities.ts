import { createHash, X509Certificate } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testCa } from '@sigill/core/sim';
import { context, integer, octets, oid, sequence } from '@sigill/core/cms';
import { simulated } from './authorities.js';
import type { TestPki } from './test-pki.js';

/**
 * Lets the server answer for simulated cards: OCSP, CRLs and CA certificates of `testCa`, at the addresses that their certificates name, for who
 * comes through it as through a proxy. `certificates`: DER of those that are in order; others are unknown to OCSP.
 */
export async function serveSimulatedCards({ folder }: TestPki, certificates: readonly Uint8Array[]): Promise<void> {
  for (const name of simulated) {
    const { key, pem } = testCa().issuing[name];
    const at = join(folder, `simulated-${name}`);
    await writeFile(`${at}.crt`, pem);
    await writeFile(`${at}.key`, privateKeyPem(key.secret));
    await writeFile(`${at}.index`, '');
    await writeFile(`${at}.serial`, `${createHash('sha256').update(name).digest('hex').slice(0, 14)}01\n`);
  }
  for (const der of certificates) {
    const { serialNumber, issuer } = new X509Certificate(der);
    const name = simulated.find((each) => new X509Certificate(testCa().issuing[each].pem).subject === issuer);
    if (!name) continue;
    const line = ['V', '491231235959Z', '', serialNumber, 'unknown', `/CN=${serialNumber}`].join('\t');
    await appendFile(join(folder, `simulated-${name}.index`), `${line}\n`);
  }
}

// ECPrivateKey (RFC 5915) on P-384, which all of them have.
function privateKeyPem(secret: Uint8Array): string {
  const der = sequence(integer(1), octets(secret), context(0, oid('1.3.132.0.34')));
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN EC PRIVATE KEY-----', ...lines, '-----END EC PRIVATE KEY-----', ''].join('\n');
}
