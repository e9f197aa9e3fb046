import { Failure, type FailureCode, isFailure, type Pin } from '@sigill/core';
import type { CardSession } from '../cards/card-access.js';
import type { PinContext } from './context.js';
import { execute } from './execute.js';
import { presentCurrent } from './present-current.js';
import { profilePin } from './profile-pin.js';
import type { Secret } from './secret.js';
import type { KeyUse } from './uses-in-a-row.js';

/** What a presentation may rest upon: the counter as it was told, and whether one of the last tries may be used. */
export interface Stake extends Pick<Pin, 'id' | 'triesLeft'> {
  readonly agreed: boolean;
}

const verified = 0x9000;

/** A held PIN in one transaction: presented before the first use, and again only where the card says that a use has taken it away. */
export class PresentedPin {
  readonly #context: PinContext;
  readonly #session: CardSession;
  readonly #secret: Secret;
  readonly #stake: Stake;
  readonly #keeping: Set<string>;
  #before: KeyUse | undefined;
  #accepted = false;
  #doubt = true;

  /** `keeping` holds the keys whose use was seen to leave the PIN verified; what is seen here is added. */
  constructor(context: PinContext, session: CardSession, secret: Secret, stake: Stake, keeping: Set<string>) {
    this.#context = context;
    this.#session = session;
    this.#secret = secret;
    this.#stake = stake;
    this.#keeping = keeping;
  }

  /** True once the card has accepted it. */
  get accepted(): boolean {
    return this.#accepted;
  }

  /** False when a use failed of which the card has heard nothing. */
  get doubt(): boolean {
    return this.#doubt;
  }

  /** Fails with `make`'s failure before anything is sent, as `present` does, with `card-refused`, and with `cancelled` once the PIN is wiped. */
  async perform(use: KeyUse): Promise<Uint8Array> {
    this.#doubt = false;
    const plan = use.make(this.#session.profile);
    this.#doubt = true;
    if (this.#secret.wiped) throw new Failure('cancelled', {});
    if (!(await this.#isVerified())) await this.#present();
    this.#before = use;
    return (await execute(this.#session, plan)).data;
  }

  async #present(): Promise<void> {
    const secrets = new Map([['current', this.#secret]]);
    await presentCurrent(this.#context, this.#session, this.#stake, { secrets, agreed: this.#stake.agreed });
    this.#accepted = true;
  }

  /** A card may want a PIN for each use of a key without saying so: it is asked once for each key, which costs no try. */
  async #isVerified(): Promise<boolean> {
    if (this.#before === undefined) return false;
    const { key } = this.#before;
    if (key === undefined || this.#keeping.has(key)) return true;
    const { channel, profile } = this.#session;
    const { reference } = profilePin(profile, this.#stake.id);
    const { status } = await channel.send({ cla: 0x00, ins: 0x20, p1: 0x00, p2: reference });
    if (status === verified) this.#keeping.add(key);
    return status === verified;
  }
}

/** After these a PIN is as good as before; after any other failure it is forgotten. */
const harmless: readonly FailureCode[] = ['key-unknown', 'key-algorithm', 'call-invalid', 'card-reset', 'reader-busy'];

/** True when the card has not said a word against the PIN: it was not reached, or it refused what came after. */
export function isHarmless(error: unknown): boolean {
  if (isFailure(error, 'card-refused')) return error.facts.step !== 'verify';
  return isFailure(error) && harmless.includes(error.code);
}
