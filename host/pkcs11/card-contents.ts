import type { CardId } from '@sigill/core';
import { type CardProfile, type ProfileKey, readCertificates } from '@sigill/core/card';
import type { CardAccess } from '../cards/card-access.js';

/** A certificate of a card, and the key that it belongs to. */
export interface StoredCertificate {
  readonly id: string;
  readonly der: Uint8Array;
  readonly key?: ProfileKey;
}

/** What programs see of a card: its certificates, and what its keys can do. */
export interface CardContents {
  readonly profile: CardProfile;
  readonly certificates: readonly StoredCertificate[];
  /** Certificates of authorities. */
  readonly authorities: readonly StoredCertificate[];
}

/** Reads what programs see of a card, each card once. */
export class ContentsReader {
  readonly #cards: CardAccess;
  readonly #known = new Map<CardId, Promise<CardContents>>();

  constructor(cards: CardAccess) {
    this.#cards = cards;
  }

  /** Fails as `CardAccess.use` does; then it is read again the next time. */
  of(card: CardId): Promise<CardContents> {
    const known = this.#known.get(card);
    if (known) return known;
    const reading = this.#read(card);
    this.#known.set(card, reading);
    reading.catch(() => this.#known.delete(card));
    return reading;
  }

  /** Forgets cards that have left. */
  keep(cards: readonly CardId[]): void {
    for (const card of this.#known.keys()) if (!cards.includes(card)) this.#known.delete(card);
  }

  #read(card: CardId): Promise<CardContents> {
    return this.#cards.use(card, async ({ channel, profile }) => {
      const own = await readCertificates(channel, profile.certificates);
      const issuers = await readCertificates(channel, profile.caCertificates);
      const keyOf = (id: string) => profile.certificates.find((one) => one.id === id)?.key;
      return {
        profile,
        certificates: own.files.map(({ id, der }) => {
          const key = profile.keys.find((one) => one.id === keyOf(id));
          return { id, der, ...(key && { key }) };
        }),
        authorities: issuers.files.map(({ id, der }) => ({ id, der })),
      };
    });
  }
}
