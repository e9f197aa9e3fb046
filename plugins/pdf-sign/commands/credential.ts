import { type CardId, Failure, type SignatureAlgorithm } from '@sigill/core';
import {
  algorithmFor,
  buildChain,
  type CertificateFacts,
  isSelfIssued,
  readAnchors,
  readCertificate,
  readPool,
} from '@sigill/core/cms';
import { fetchCertificates } from '../longterm/fetch-revocation.js';
import { type Candidate, choiceLine } from './candidates.js';
import { reaches } from './levels.js';
import { Refusal } from './refusal.js';
import type { Wish } from './wish.js';
import type { Work } from './work.js';

/** A key of a card and the certificates that go into its signatures. */
export interface Credential {
  readonly card: CardId;
  readonly key: string;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: CertificateFacts;
  /** DER: its own first, then those that issued it, without the root that everybody has or has not. */
  readonly certificates: readonly Uint8Array[];
  /** DER of the CA certificates on the card. */
  readonly issuers: readonly Uint8Array[];
}

/** Reads a certificate and builds its chain: from the card alone, and for lasting signatures also from the addresses that it names. */
export async function credentialOf(work: Work, candidate: Candidate, wish: Wish): Promise<Credential> {
  const { cards, net, trust } = work;
  const {
    card,
    certificate: { id },
  } = candidate;
  const own = await cards.certificate(card, id);
  const certificate = readCertificate(own);
  if (certificate === undefined) throw new Failure('certificate-invalid', { why: 'DER' });
  const algorithm = algorithmFor(certificate, wish.padding);
  if (algorithm === undefined) throw new Refusal('sign.unfit', {}, [choiceLine(candidate)]);
  const { caCertificates } = await cards.details(card);
  const issuers: Uint8Array[] = [];
  for (const ca of caCertificates) issuers.push(await cards.certificate(card, ca.id));
  const lasting = reaches(wish.level, 'B-T');
  const { certificates } = await buildChain(certificate, {
    anchors: lasting ? readAnchors(await trust.anchors()) : [],
    pool: readPool(issuers),
    ...(lasting && { fetch: (url: string) => fetchCertificates(net, url) }),
  });
  const chain = certificates.filter((one, at) => at === 0 || !isSelfIssued(one)).map(({ der }) => der);
  return { card, key: id, algorithm, certificate, certificates: chain, issuers };
}
