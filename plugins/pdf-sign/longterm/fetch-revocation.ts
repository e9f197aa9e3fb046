import { failureData, type Net } from '@sigill/core';
import { type CertificateFacts, readCertificate, readPool, readSignedData, sameBytes } from '@sigill/core/cms';
import { judgeCrl } from './judge-crl.js';
import { judgeOcsp } from './judge-ocsp.js';
import { ocspRequest } from './ocsp-request.js';
import { readOcsp } from './read-ocsp.js';
import type { Evidence } from './revocation.js';

/** Answers about one certificate from the services that it names, and what went wrong at those that gave none: `ADDRESS: reason`. */
export interface Fetched {
  readonly found?: Evidence;
  readonly problems: readonly string[];
}

/** Asks the OCSP services that a certificate names, then fetches its CRLs; the first good or revoked answer counts. Never fails. */
export async function fetchRevocation(
  net: Net,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
): Promise<Fetched> {
  const problems: string[] = [];
  const { ocsp, crls } = certificate.extensions;
  for (const [url, ask] of [
    ...ocsp.slice(0, 3).map((url) => [url, askOcsp] as const),
    ...crls.slice(0, 3).map((url) => [url, askCrl] as const),
  ]) {
    try {
      const answer = await ask(net, url, certificate, issuer);
      if (typeof answer === 'string') problems.push(`${url}: ${answer}`);
      else if (answer.status === 'unknown') problems.push(`${url}: unknown`);
      else return { found: answer, problems };
    } catch (error) {
      problems.push(`${url}: ${failureData(error).code}`);
    }
  }
  return { problems };
}

/** Certificates at an address that a certificate names as its issuer's: DER or a PKCS#7 bag. None when they cannot be had. */
export async function fetchCertificates(net: Net, url: string): Promise<readonly CertificateFacts[]> {
  try {
    const { status, body } = await net.request({ url, method: 'GET' });
    if (status !== 200) return [];
    const one = readCertificate(body);
    return one ? [one] : readPool(readSignedData(body)?.certificates.slice(0, 32) ?? []);
  } catch {
    // The chain is shown without it; whoever asked says what is missing.
    return [];
  }
}

async function askOcsp(
  net: Net,
  url: string,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
): Promise<Evidence | string> {
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  const { status, body } = await net.request({
    url,
    method: 'POST',
    headers: { 'Content-Type': 'application/ocsp-request', Accept: 'application/ocsp-response' },
    body: ocspRequest(certificate, issuer, nonce),
  });
  if (status !== 200) return `HTTP ${status}`;
  const judged = await judgeOcsp(body, certificate, issuer);
  if ('fault' in judged) return judged.fault;
  // A responder may leave the nonce out (RFC 6960 §4.4.1), but not give another's.
  const answered = readOcsp(body)?.nonce;
  if (answered && !sameBytes(answered, nonce)) return 'nonce';
  return current(judged);
}

async function askCrl(
  net: Net,
  url: string,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
): Promise<Evidence | string> {
  const { status, body } = await net.request({ url, method: 'GET' });
  if (status !== 200) return `HTTP ${status}`;
  const judged = await judgeCrl(body, certificate, issuer);
  return 'fault' in judged ? judged.fault : current(judged);
}

// What a service gives now must be current now; five minutes for clocks.
function current(evidence: Evidence): Evidence | string {
  const now = Date.now();
  if (evidence.thisUpdate > now + 300_000) return 'from the future';
  return evidence.nextUpdate !== undefined && evidence.nextUpdate < now - 300_000 ? 'out of date' : evidence;
}
