import type { Pcsc } from '@sigill/core/card';

/** What the contract needs of the world around a `Pcsc`. The world starts with its service running and both readers empty. */
export interface PcscWorld {
  /** A new `Pcsc` in this world that waits for other programs only briefly (`reader-busy`). */
  open(): Promise<Pcsc>;
  /** Two readers. */
  readonly readers: readonly [string, string];
  /**
   * Puts in a card with the answer to reset `cardAtr`, that knows PIN1 of a Finnish identity card, 1234. With `leavesAt`
   * it is pulled out while it works on that command, counted from 1.
   */
  insert(reader: string, options?: { readonly leavesAt?: number }): Promise<void>;
  remove(reader: string): Promise<void>;
  stopService(): Promise<void>;
  startService(): Promise<void>;
  /** Another program connects, resets the card and goes. */
  foreignReset(reader: string): Promise<void>;
  /** Another program begins a transaction and keeps it until `end`, when it goes. */
  foreignTransaction(reader: string): Promise<{ end(): Promise<void> }>;
  /** Removes everything. */
  dispose(): Promise<void>;
}

/** ATR of a Finnish identity card of 2023 (cards.md §1.1). */
export const cardAtr = Uint8Array.from(Buffer.from('3B7F9600008031B865B085050011122460829000', 'hex'));
