import { type Card, type CardCertificate, type Cards, Failure } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import type { CardAccess } from './cards/card-access.js';
import { readCertificate } from './cards/read-certificate.js';

/** A certificate of a card that is in, DER. Fails with `card-removed`, `certificate-unknown`. */
export async function cardCertificate(
  cards: CardAccess & Cards,
  { card: id, id: wanted }: CardCertificate,
): Promise<Uint8Array> {
  const readers = await firstValueFrom(cards.readers);
  const card = readers.map((reader): Card | undefined => reader.card).find((one) => one?.id === id);
  if (card === undefined) throw new Failure('card-removed', { reader: '' });
  return await readCertificate(cards, card, wanted);
}
