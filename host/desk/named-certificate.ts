import type { Card, CardDetails, Cards } from '@sigill/core';
import { commonNameIn } from '@sigill/core/card';

/** A certificate to be saved. */
export interface NamedCertificate {
  readonly der: Uint8Array;
  /** Whose it is. */
  readonly name: string;
}

/** A certificate of a card, one of its CAs' too, where those were read. Fails as `Cards.certificate` does. */
export async function namedCertificate(
  cards: Pick<Cards, 'certificate'>,
  card: Card,
  details: CardDetails | undefined,
  id: string,
): Promise<NamedCertificate> {
  const der = await cards.certificate(card.id, id);
  const found = [...card.certificates, ...(details?.caCertificates ?? [])].find((one) => one.id === id);
  return { der, name: (found && commonNameIn(found.subject)) ?? id };
}
