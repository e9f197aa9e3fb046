import type { Card, CardId, Cards } from '@sigill/core';
import type { CachedCertificate, CardProfile, Channel } from '@sigill/core/card';

/** A card for the length of one transaction: no other program can reach it, its application is selected. */
export interface CardSession {
  /** The card as last read. */
  readonly card: Card;
  readonly profile: CardProfile;
  readonly channel: Channel;
  /** Aborts when somebody else waits for the card, or may: a use that could still go on ends then. */
  readonly wanted: AbortSignal;
  /** As `PcscConnection.control`: the reader's own functions, such as its keypad. */
  control(code: number, data: Uint8Array): Promise<Uint8Array>;
  /** Says that a PIN is about to be presented: from now on nothing is repeated, and the verified state is dropped at the end. */
  presenting(): void;
}

/** What the rest of the host may do with cards, beside what plugins may. */
export interface CardAccess extends Cards {
  /**
   * Runs `use` alone on the card: queued behind earlier uses, inside one transaction, the verified state dropped and the
   * card's public state read again afterwards, whatever happened. A foreign reset before `presenting()` starts `use` once more;
   * after it, `use` fails with `card-reset`. Fails with `card-removed` for a card that is gone, and as `use` fails.
   */
  use<T>(card: CardId, use: (session: CardSession) => Promise<T>): Promise<T>;
  /** As `PcscConnection.control`, queued as uses are; the card is sent nothing. Fails with `card-removed`, `reader-…`. */
  control(card: CardId, code: number, data: Uint8Array): Promise<Uint8Array>;
  /** The profile of a card, as it was last read. Fails with `card-removed`. */
  profileOf(card: CardId): CardProfile;
  /** A card's own certificates as they were read at its insertion; undefined before all of that was done. Fails with `card-removed`. */
  stored(card: CardId): readonly CachedCertificate[] | undefined;
  /** The card as it is now, once what was going on has ended. Fails with `card-removed`. */
  card(id: CardId): Card;
}
