import { type Card, Failure } from '@sigill/core';
import { finishCertificate, openCertificate } from '@sigill/core/card';
import type { CardAccess } from '../cards/card-access.js';

/** A certificate of the card as DER, a CA certificate too; `id` as `sigill cards` shows it. Fails with `certificate-unknown`, `card-malformed`, `card-removed`. */
export async function readCertificate(cards: CardAccess, card: Card, id: string): Promise<Uint8Array> {
  return await cards.use(card.id, async ({ channel, profile }) => {
    const wanted = id.toLowerCase();
    const found = [...profile.certificates, ...profile.caCertificates].find((one) => one.id.toLowerCase() === wanted);
    const opened = found && (await openCertificate(channel, found));
    if (found === undefined || opened === undefined) throw new Failure('certificate-unknown', { id });
    return (await finishCertificate(channel, found, opened)).der;
  });
}
