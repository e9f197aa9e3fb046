import type { Card, CardId, ReaderStatus } from '../api/cards.js';
import type { CachedCertificate, CardCache } from './card-cache.js';
import type { Channel } from './channel.js';
import type { CardProfile } from './profile.js';

/** What `readCard` needs to know beside the card. */
export interface CardRequest {
  readonly reader: string;
  readonly id: CardId;
  readonly atr: Uint8Array;
  /** In the order to prefer. */
  readonly profiles: readonly CardProfile[];
  /** Cards seen before; without it every card is read whole. */
  readonly cache?: CardCache;
}

/** A card as read: enough to say what state it is in. */
export interface CardReading {
  readonly card: Card;
  readonly status: ReaderStatus;
  /** The profile of this very card, to be used for everything that is done with it. */
  readonly profile: CardProfile;
  /** The certificates that could be read; from earlier, and perhaps not the card's any more, while `complete` is there. */
  readonly certificates: readonly CachedCertificate[];
  /**
   * Reads what could wait until the status was told: the PUK's counter, and whether certificates known from earlier are
   * still the same. The application is selected. Absent when nothing is left.
   */
  readonly complete?: (channel: Channel) => Promise<CardReading>;
}
