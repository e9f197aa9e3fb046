import type { CardId, Disposable, Pin } from '@sigill/core';
import { type CardProfile, type Plan, steadyBytes } from '@sigill/core/card';
import type { PinContext } from './context.js';
import { isHarmless, PresentedPin, type Stake } from './presented-pin.js';
import { Secret } from './secret.js';
import { UsesInARow } from './uses-in-a-row.js';
import { acceptedPin, withCard } from './with-card.js';

/** What a login is made from. */
export interface HeldPinParts {
  readonly context: PinContext;
  readonly card: CardId;
  readonly reader: string;
  /** The PIN as the person was shown it. */
  readonly stake: Pick<Pin, 'id' | 'triesLeft'>;
  /** Copied; the caller wipes its own. */
  readonly secret: Secret;
  /** The person has said yes to using one of the last tries, or one of an unknown number. */
  readonly agreed: boolean;
  /** Milliseconds without a use after which the value is wiped. */
  readonly idle: number;
}

/**
 * A PIN that is kept for one program until it logs out, goes away, or does nothing for a while (decision 0021). Uses that follow close
 * upon each other share a transaction and one presentation (decision 0028); at its end the card has forgotten the PIN again. A try is
 * never at risk twice: it is presented only while the counter stands as it did after the last time, and wiped at the first doubt.
 */
export class HeldPin implements Disposable {
  readonly card: CardId;
  readonly #parts: HeldPinParts;
  readonly #secret: Secret;
  readonly #watch: { unsubscribe(): void };
  readonly #ended = new AbortController();
  readonly #row = new UsesInARow(() => this.#transaction());
  /** Keys whose use was seen to leave the PIN verified. */
  readonly #keeping = new Set<string>();
  /** What the next presentation may rest upon. */
  #stake: Stake;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: HeldPinParts) {
    this.#parts = parts;
    this.card = parts.card;
    this.#stake = { ...parts.stake, agreed: parts.agreed };
    this.#secret = parts.secret.lend((bytes) => {
      const own = steadyBytes(bytes.length);
      own.set(bytes);
      return new Secret(own);
    });
    this.#watch = parts.context.cards.events.subscribe(({ kind, reader }) => {
      if (reader === parts.reader && (kind === 'card-removed' || kind === 'reader-left')) this.dispose();
    });
    parts.context.signal.addEventListener('abort', this.#forget, { once: true });
    this.#wait();
  }

  /** False when the value is wiped: the program is logged in no longer. */
  get alive(): boolean {
    return !this.#secret.wiped;
  }

  /** Presents the PIN for the first time. Fails as `present` does; the value is wiped then. */
  async accept(): Promise<void> {
    try {
      await this.#row.add({ make: () => [] });
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /**
   * Sends the plan that `make` gives for the card's profile, the PIN being verified, and gives the last answer's data.
   * Fails with `make`'s failure before anything is sent, as `present` does, and with `card-refused`.
   */
  async use(key: string, make: (profile: CardProfile) => Plan): Promise<Uint8Array> {
    clearTimeout(this.#timer);
    try {
      return await this.#row.add({ key, make });
    } finally {
      this.#wait();
    }
  }

  async #transaction(): Promise<void> {
    const { context } = this.#parts;
    let pin: PresentedPin | undefined;
    try {
      await withCard(context, this.card, async (session) => {
        const presented = new PresentedPin(context, session, this.#secret, this.#stake, this.#keeping);
        pin = presented;
        await this.#row.serve(AbortSignal.any([session.wanted, this.#ended.signal]), (use) => presented.perform(use));
      });
    } catch (error) {
      if (pin?.doubt !== false && !isHarmless(error)) this.dispose();
      throw error;
    } finally {
      if (pin?.accepted) this.#rest();
    }
  }

  /** From now on the value is presented only while its counter is full, as it is after it was accepted. */
  #rest(): void {
    const { id, triesLeft } = this.#stake;
    const now = triesLeft === undefined ? undefined : acceptedPin(this.#parts.context, this.card, id).triesLeft;
    this.#stake = { id, ...(now !== undefined && { triesLeft: now }), agreed: now === undefined };
  }

  /** Wipes the value. Idempotent. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#watch.unsubscribe();
    this.#parts.context.signal.removeEventListener('abort', this.#forget);
    this.#secret.wipe();
    this.#ended.abort();
  }

  readonly #forget = (): void => this.dispose();

  #wait(): void {
    if (!this.alive) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#forget, this.#parts.idle);
    this.#timer.unref();
  }
}
