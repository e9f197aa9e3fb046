import type { Cards, Documents, Net, Settings, Signing, Trust } from '@sigill/core';

/** What the commands of this plugin work with. */
export interface Work {
  readonly cards: Cards;
  readonly documents: Documents;
  readonly net: Net;
  readonly settings: Settings;
  readonly signing: Signing;
  readonly trust: Trust;
}
