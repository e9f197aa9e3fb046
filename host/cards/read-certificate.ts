import { type Card, Failure } from '@sigill/core';
import { type Channel, type ProfileCertificate, readHead, readObject, selectFile } from '@sigill/core/card';
import type { CardAccess } from './card-access.js';

/** A certificate of the card as DER, a CA certificate too; `id` as `sigill cards` shows it. Fails with `certificate-unknown`, `card-malformed`, `card-removed`. */
export async function readCertificate(cards: CardAccess, card: Card, id: string): Promise<Uint8Array> {
  return await cards.use(card.id, async ({ channel, profile }) => {
    const wanted = id.toLowerCase();
    const places = [...profile.certificates, ...profile.caCertificates].filter(
      (one) => one.id.toLowerCase() === wanted,
    );
    for (const place of places) {
      const der = await read(channel, place);
      if (der !== undefined) return der;
    }
    throw new Failure('certificate-unknown', { id });
  });
}

async function read(channel: Channel, place: ProfileCertificate): Promise<Uint8Array | undefined> {
  for (const path of place.paths) {
    const file = await selectFile(channel, path);
    const head = file && (await readHead(channel, file, place));
    // Zeros are an empty slot.
    if (file && head?.some((byte) => byte !== 0)) return await readObject(channel, file, place, head);
  }
  return undefined;
}
