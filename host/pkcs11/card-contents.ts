import type { CardId } from '@sigill/core';
import { type CachedCertificate, type CardProfile, type ProfileKey, readCertificates } from '@sigill/core/card';
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

/** What programs see of a card, each card once; its own certificates were read at its insertion. */
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

  async #read(card: CardId): Promise<CardContents> {
    const stored = this.#cards.stored(card);
    const profile = this.#cards.profileOf(card);
    if (stored !== undefined && profile.caCertificates.length === 0) return contentsOf(profile, stored, []);
    return await this.#cards.use(card, async ({ channel, profile }) => {
      const own = this.#cards.stored(card) ?? (await readCertificates(channel, profile.certificates)).files;
      return contentsOf(profile, own, (await readCertificates(channel, profile.caCertificates)).files);
    });
  }
}

function contentsOf(
  profile: CardProfile,
  own: readonly CachedCertificate[],
  authorities: readonly CachedCertificate[],
): CardContents {
  const keyOf = (id: string) => profile.certificates.find((one) => one.id === id)?.key;
  return {
    profile,
    certificates: own.map(({ id, der }) => {
      const key = profile.keys.find((one) => one.id === keyOf(id));
      return { id, der, ...(key && { key }) };
    }),
    authorities: authorities.map(({ id, der }) => ({ id, der })),
  };
}
