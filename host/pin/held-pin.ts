import { type CardId, type Disposable, Failure, type FailureCode, isFailure, type Pin } from '@sigill/core';
import { type CardProfile, type Plan, steadyBytes } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { execute } from './execute.js';
import { presentCurrent } from './present-current.js';
import { profilePin } from './profile-pin.js';
import { Secret } from './secret.js';
import { type KeyUse, UsesInARow } from './uses-in-a-row.js';
import { acceptedPin, withCard } from './with-card.js';

/** After these the value is as good as before; after any other failure it is forgotten. */
const harmless: readonly FailureCode[] = ['key-unknown', 'key-algorithm', 'call-invalid', 'card-reset', 'reader-busy'];

const verified = 0x9000;

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
  #stake: Pick<Pin, 'id' | 'triesLeft'>;
  #agreed: boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: HeldPinParts) {
    this.#parts = parts;
    this.card = parts.card;
    this.#stake = parts.stake;
    this.#agreed = parts.agreed;
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
    let accepted = false;
    let doubt = true;
    try {
      await withCard(this.#parts.context, this.card, async (session) => {
        let before: KeyUse | undefined;
        await this.#row.serve(AbortSignal.any([session.wanted, this.#ended.signal]), async (use) => {
          doubt = false;
          const plan = use.make(session.profile);
          doubt = true;
          if (before === undefined || !(await this.#isVerifiedAfter(before, session))) await this.#present(session);
          accepted = true;
          before = use;
          return (await execute(session, plan)).data;
        });
      });
    } catch (error) {
      if (doubt && !isHarmless(error)) this.dispose();
      throw error;
    } finally {
      if (accepted) this.#rest();
    }
  }

  async #present(session: CardSession): Promise<void> {
    if (this.#secret.wiped) throw new Failure('cancelled', {});
    const secrets = new Map([['current', this.#secret]]);
    await presentCurrent(this.#parts.context, session, this.#stake, { secrets, agreed: this.#agreed });
  }

  /** A card may want a PIN for each use of a key without saying so: it is asked once for each key, which costs no try. */
  async #isVerifiedAfter({ key }: KeyUse, { channel, profile }: CardSession): Promise<boolean> {
    if (this.#secret.wiped) throw new Failure('cancelled', {});
    if (key === undefined || this.#keeping.has(key)) return true;
    const { reference } = profilePin(profile, this.#stake.id);
    const { status } = await channel.send({ cla: 0x00, ins: 0x20, p1: 0x00, p2: reference });
    if (status === verified) this.#keeping.add(key);
    return status === verified;
  }

  /** From now on the value is presented only while its counter is full, as it is after it was accepted. */
  #rest(): void {
    const { id, triesLeft } = this.#stake;
    const now = triesLeft === undefined ? undefined : acceptedPin(this.#parts.context, this.card, id).triesLeft;
    this.#stake = { id, ...(now !== undefined && { triesLeft: now }) };
    this.#agreed = now === undefined;
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

/** True when the card has not said a word against the PIN: it was not reached, or it refused what came after. */
function isHarmless(error: unknown): boolean {
  if (isFailure(error, 'card-refused')) return error.facts.step !== 'verify';
  return isFailure(error) && harmless.includes(error.code);
}
