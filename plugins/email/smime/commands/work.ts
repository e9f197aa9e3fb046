import type { Cards, Decrypting, Documents, Signing, Trust } from '@sigill/core';

/** What the commands for single mails work with. */
export interface MailWork {
  readonly cards: Cards;
  readonly decrypting: Decrypting;
  readonly documents: Documents;
  readonly signing: Signing;
  readonly trust: Trust;
}
