import { Failure, type Net, type TrustAnchor } from '@sigill/core';
import {
  buildChain,
  type CertificateFacts,
  type Chain,
  isSelfIssued,
  readAnchors,
  readCertificate,
  readPool,
  type Sources,
} from '@sigill/core/cms';
import { fetchCertificates, fetchRevocation } from './fetch-revocation.js';

/** What long-term data are collected for. All certificates DER. */
export interface EvidenceRequest {
  readonly net: Net;
  /** The signer's certificate, those of time-stamp authorities. */
  readonly targets: readonly Uint8Array[];
  /** What is at hand: the card's, those inside of signatures and tokens, those in the document's DSS. */
  readonly certificates: readonly Uint8Array[];
  readonly anchors: readonly TrustAnchor[];
}

/** What a DSS dictionary takes (ETSI EN 319 142-1 §5.4.2), each once, raw DER, and what could not be had. */
export interface EvidenceBag {
  readonly certs: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** Certificates, by name, whose state or issuer is not known, and why. */
  readonly missing: readonly { readonly certificate: string; readonly why: string }[];
  /** `time`: ISO 8601. */
  readonly revoked: readonly { readonly certificate: string; readonly time: string }[];
  /** Every chain ends at an anchor. */
  readonly trusted: boolean;
}

/** Builds the chain of each target, and fetches for each certificate below its end an OCSP answer, else a CRL. Never fails for what the network does not give. */
export async function collectEvidence(request: EvidenceRequest): Promise<EvidenceBag> {
  const { net } = request;
  const bag = new Bag();
  const sources: Sources = {
    anchors: readAnchors(request.anchors),
    pool: readPool([...request.targets, ...request.certificates]),
    fetch: (url) => fetchCertificates(net, url),
  };
  for (const der of request.targets) {
    const leaf = readCertificate(der);
    if (leaf) await addChain(net, await buildChain(leaf, sources), bag);
  }
  return bag.contents();
}

/** Fails with `certificate-revoked` or `evidence-missing` for the first certificate that has no good answer. */
export function requireEvidence({ revoked, missing }: EvidenceBag): void {
  const [bad] = revoked;
  if (bad) throw new Failure('certificate-revoked', { ...bad });
  const [gap] = missing;
  if (gap) throw new Failure('evidence-missing', { ...gap });
}

async function addChain(net: Net, { certificates, anchor }: Chain, bag: Bag): Promise<void> {
  bag.trusted &&= anchor !== undefined;
  for (const [at, certificate] of certificates.entries()) {
    if (!bag.takes(certificate)) continue;
    const issuer = certificates[at + 1];
    if (issuer) await addRevocation(net, certificate, issuer, bag);
    // The chain's end answers for itself when it is an anchor, or a root that signed itself.
    else if (!anchor && !isSelfIssued(certificate)) bag.lacks(certificate, 'issuer');
  }
}

async function addRevocation(
  net: Net,
  certificate: CertificateFacts,
  issuer: CertificateFacts,
  bag: Bag,
): Promise<void> {
  if (certificate.extensions.ocspNoCheck) return;
  const { found, problems } = await fetchRevocation(net, certificate, issuer);
  if (!found) return bag.lacks(certificate, problems.join('; ') || 'no address');
  bag.add(found.kind, found.der);
  if (found.status === 'revoked') bag.tellRevoked(certificate, found.revokedAt ?? 0);
  const { responder } = found;
  if (responder && bag.takes(responder)) await addRevocation(net, responder, issuer, bag);
}

class Bag {
  trusted = true;
  readonly #certs = new Map<string, Uint8Array>();
  readonly #ocsps: Uint8Array[] = [];
  readonly #crls = new Map<string, Uint8Array>();
  readonly #missing: { certificate: string; why: string }[] = [];
  readonly #revoked: { certificate: string; time: string }[] = [];

  /** False for one that is in already. */
  takes({ sha256, der }: CertificateFacts): boolean {
    const fresh = !this.#certs.has(sha256);
    if (fresh) this.#certs.set(sha256, Uint8Array.from(der));
    return fresh;
  }

  add(kind: 'ocsp' | 'crl', der: Uint8Array): void {
    if (kind === 'ocsp') this.#ocsps.push(Uint8Array.from(der));
    // A list serves many certificates: told apart by its length and its signature at the end.
    else this.#crls.set(`${der.length} ${der.subarray(-64).join()}`, Uint8Array.from(der));
  }

  lacks({ subject }: CertificateFacts, why: string): void {
    this.#missing.push({ certificate: subject.short, why });
  }

  tellRevoked({ subject }: CertificateFacts, at: number): void {
    this.#revoked.push({ certificate: subject.short, time: new Date(at).toISOString() });
  }

  contents(): EvidenceBag {
    return {
      certs: [...this.#certs.values()],
      ocsps: this.#ocsps,
      crls: [...this.#crls.values()],
      missing: this.#missing,
      revoked: this.#revoked,
      trusted: this.trusted,
    };
  }
}
