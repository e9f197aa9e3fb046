import type { Cards, Reader } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import type { CardWithAuthorities } from './wish.js';

/** The readers as they are now. */
export async function readersNow(cards: Cards): Promise<readonly Reader[]> {
  return await firstValueFrom(cards.readers);
}

/** The cards that are in, with their CA certificates; a card that is pulled out meanwhile is left out. */
export async function cardsNow(cards: Cards): Promise<readonly CardWithAuthorities[]> {
  const found = (await readersNow(cards)).flatMap(({ card }) => (card && card.certificates.length > 0 ? [card] : []));
  const read = found.map(async (card): Promise<readonly CardWithAuthorities[]> => {
    const details = await cards.details(card.id).catch(() => undefined);
    return details === undefined ? [] : [{ card, authorities: details.caCertificates }];
  });
  return (await Promise.all(read)).flat();
}
