import type { Net } from '@sigill/core';
import type { CertificateFacts } from '@sigill/core/cms';
import { fetchRevocation } from '../longterm/fetch-revocation.js';
import { judgeCrl } from '../longterm/judge-crl.js';
import { judgeOcsp } from '../longterm/judge-ocsp.js';
import { decisive, type Evidence } from '../longterm/revocation.js';

/** Revocation answers of a document: raw DER, from its DSS and from inside its signatures. */
export interface EmbeddedAnswers {
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/** The answer that counts, and where it came from. */
export interface FoundEvidence {
  readonly evidence: Evidence;
  readonly from: 'document' | 'network';
}

/** Answers that one certificate may have; a file can hold thousands. */
const mostAnswers = 200;

/** Finds the answer about a certificate at a time: what the document brings first, then, where it may, the network. Each is judged once. */
export class EvidenceStore {
  readonly #embedded: EmbeddedAnswers;
  readonly #net: Net | undefined;
  readonly #judged = new Map<string, Promise<readonly Evidence[]>>();
  readonly #fetched = new Map<string, Promise<Evidence | undefined>>();

  constructor(embedded: EmbeddedAnswers, net: Net | undefined) {
    this.#embedded = embedded;
    this.#net = net;
  }

  /**
   * The answer that counts at `at`. Where there is none, one of the document that counted at `since`, an earlier time: what is known of a
   * timestamp's authority since it stamped, until a later timestamp keeps it.
   */
  async find(
    certificate: CertificateFacts,
    issuer: CertificateFacts,
    at: number,
    since: number,
  ): Promise<FoundEvidence | undefined> {
    const key = `${certificate.sha256} ${issuer.sha256}`;
    const judged = this.#judged.get(key) ?? this.#judge(certificate, issuer);
    this.#judged.set(key, judged);
    const own = await judged;
    const now = decisive(own, at, certificate);
    if (now) return { evidence: now, from: 'document' };
    const fetched = await this.#fetch(key, certificate, issuer);
    const fresh = fetched && decisive([fetched], at, certificate);
    if (fresh) return { evidence: fresh, from: 'network' };
    const kept = decisive(own, since, certificate);
    return kept && { evidence: kept, from: 'document' };
  }

  #fetch(
    key: string,
    certificate: CertificateFacts,
    issuer: CertificateFacts,
  ): Promise<Evidence | undefined> | undefined {
    if (!this.#net) return undefined;
    const asked = this.#fetched.get(key) ?? fetchRevocation(this.#net, certificate, issuer).then(({ found }) => found);
    this.#fetched.set(key, asked);
    return asked;
  }

  async #judge(certificate: CertificateFacts, issuer: CertificateFacts): Promise<readonly Evidence[]> {
    const found: Evidence[] = [];
    const { ocsps, crls } = this.#embedded;
    for (const der of ocsps.slice(0, mostAnswers)) {
      const judged = await judgeOcsp(der, certificate, issuer);
      if ('status' in judged) found.push(judged);
    }
    for (const der of crls.slice(0, mostAnswers)) {
      const judged = await judgeCrl(der, certificate, issuer);
      if ('status' in judged) found.push(judged);
    }
    return found;
  }
}
