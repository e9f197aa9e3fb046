import { type CardId, type Disposable, Failure, type FailureCode, isFailure, type PinId } from '@sigill/core';
import { type CardProfile, type Plan, planVerify, type Response, steadyBytes, toCommand } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { present } from './present.js';
import { profilePin } from './profile-pin.js';
import { Secret } from './secret.js';
import { withCard } from './with-card.js';

/** After these the value is as good as before; after any other failure it is forgotten. */
const harmless: readonly FailureCode[] = ['key-unknown', 'key-algorithm', 'call-invalid', 'card-reset', 'reader-busy'];

/** What a login is made from. */
export interface HeldPinParts {
  readonly context: PinContext;
  readonly card: CardId;
  readonly reader: string;
  readonly pin: PinId;
  /** Copied; the caller wipes its own. */
  readonly secret: Secret;
  /** The tries left after the value was accepted; absent when the card tells none, to which the person has said yes. */
  readonly counter: number | undefined;
  /** Milliseconds without a use after which the value is wiped. */
  readonly idle: number;
}

/**
 * A PIN that the card has accepted, kept for one program until it logs out, goes away, or does nothing for a while (decision 0021).
 * Every use presents it anew in a transaction of its own, after which the card has forgotten it again. A try is never at risk twice: it
 * is presented only while the counter stands as it did after the last time, and wiped at the first doubt.
 */
export class HeldPin implements Disposable {
  readonly card: CardId;
  readonly pin: PinId;
  readonly #parts: HeldPinParts;
  readonly #secret: Secret;
  readonly #watch: { unsubscribe(): void };
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: HeldPinParts) {
    this.#parts = parts;
    this.card = parts.card;
    this.pin = parts.pin;
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

  /**
   * Presents the PIN and sends the plan that `make` gives for the card's profile, in one transaction; gives the last answer's data.
   * Fails with `make`'s failure before anything is sent, as `present` does, and with `card-refused`.
   */
  async use(make: (profile: CardProfile) => Plan): Promise<Uint8Array> {
    const { context, pin: id, counter } = this.#parts;
    clearTimeout(this.#timer);
    try {
      return await withCard(context, this.card, async (session) => {
        const plan = make(session.profile);
        const pin = profilePin(session.profile, id);
        if (this.#secret.wiped) throw new Failure('cancelled', {});
        await present(context, session, {
          stake: pin,
          target: pin.id,
          judged: 'current',
          secrets: { current: this.#secret },
          plan: planVerify(session.profile, pin),
          shown: counter,
          agreed: counter === undefined,
          expected: 'ok',
        });
        return (await execute(session, plan)).data;
      });
    } catch (error) {
      if (!isHarmless(error)) this.dispose();
      throw error;
    } finally {
      this.#wait();
    }
  }

  /** Wipes the value. Idempotent. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#watch.unsubscribe();
    this.#parts.context.signal.removeEventListener('abort', this.#forget);
    this.#secret.wipe();
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

/** Sends a plan without secrets, each command once, and gives the last response. */
async function execute(session: CardSession, plan: Plan): Promise<Response> {
  let last: Response = { data: new Uint8Array(), status: 0x9000 };
  for (const planned of plan) {
    last = await session.channel.send(
      toCommand(planned, (secret) => {
        throw new Error(`The use of a key needs no ${secret}`);
      }),
    );
    if (last.status !== 0x9000) {
      throw new Failure('card-refused', { step: planned.step, status: last.status.toString(16).padStart(4, '0') });
    }
  }
  return last;
}
