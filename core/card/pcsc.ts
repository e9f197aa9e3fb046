import type { Observable } from 'rxjs';

/** Transmission protocol of a contact card (ISO 7816-3). */
export type Protocol = 'T=0' | 'T=1';

/** What is done to the card when a transaction or connection ends (PC/SC part 5, disposition). */
export type Disposition = 'leave' | 'reset';

/** One reader as the card service sees it. */
export interface ReaderPresence {
  readonly name: string;
  /** Answer to reset of the card in it; absent while the reader is empty. */
  readonly atr?: Uint8Array;
  /** Goes up by at least one at every insertion, so that a quick swap shows. */
  readonly insertion: number;
  /** A card is there and does not answer (wrong way round, broken, dirty). */
  readonly mute?: boolean;
}

/** The card service: PC/SC, or the simulator in its place. */
export interface PcscService {
  /** `false` while the service (pcscd) does not run; `readers` is empty then. */
  readonly available: boolean;
  /** Why it is not available, in the service's own words. */
  readonly why?: string;
  readonly readers: readonly ReaderPresence[];
}

/**
 * A connection to one card, shared with other programs.
 * Calls of one connection are made one after the other by the caller.
 */
export interface PcscConnection {
  readonly protocol: Protocol;
  readonly atr: Uint8Array;
  /** True where between `begin` and `end` other programs are refused, instead of waiting for their turn. */
  readonly refusesOthers?: boolean;
  /**
   * Sends one command APDU of at least four bytes and gives the response of at least two.
   * Fails with `card-removed`, `card-reset` (another program reset it: nothing of this command was done), `reader-error`.
   */
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
  /** Keeps other programs off the card until `end`. Fails with `card-removed`, `card-reset`, `reader-busy` after the wait. */
  begin(): Promise<void>;
  /** Lets others in again. With `reset` the card forgets verified PINs and the selected file. */
  end(disposition: Disposition): Promise<void>;
  /** After `card-reset`: takes the card as it is now. */
  reconnect(): Promise<void>;
  /** SCardControl, for readers with a keypad (PC/SC part 10). Fails with `reader-error` when the reader has no such control. */
  control(code: number, data: Uint8Array): Promise<Uint8Array>;
  /** Idempotent; never fails. */
  disconnect(disposition: Disposition): Promise<void>;
}

/**
 * The port to cards. Implementations: pcsc-mini, pcsclite, the simulator; one contract test for all.
 * `service` is what is: it replays the last, survives the service's death and return, and never errors.
 */
export interface Pcsc {
  readonly service: Observable<PcscService>;
  /** Fails with `reader-unknown`, `no-card`, `card-removed`, `reader-busy`, `reader-error`, `service-absent`. */
  connect(reader: string): Promise<PcscConnection>;
  /** Ends all connections and the watch. Idempotent. */
  close(): Promise<void>;
}
