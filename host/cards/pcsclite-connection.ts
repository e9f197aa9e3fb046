import { Failure } from '@sigill/core';
import type { Disposition, PcscConnection, Protocol } from '@sigill/core/card';
import type { Clock } from './clock.js';
import { callFailure } from './pcsc-failure.js';
import { liteCode } from './pcsclite-call.js';
import { isShared, type PcscliteCard } from './pcsclite-card.js';
import type { ReaderGate } from './reader-gate.js';
import { Turns } from './turns.js';

/** What a connection needs from the service that it belongs to. */
export interface LiteSurroundings {
  readonly gate: ReaderGate;
  readonly clock: Clock;
  readonly reader: string;
  /** Milliseconds in which `begin` tries to have the card alone. */
  readonly busyAfter: number;
  gone(): Promise<boolean>;
  /** The answer to reset of the card that is in the reader. */
  atr(): Uint8Array;
  /** Called once, when the connection has ended. */
  left(): void;
}

const betweenTries = 100;

/**
 * A connection to a card by pcsclite, which has no transactions: from `begin` to `end` the card is connected exclusively instead.
 * Hence `begin` takes the card as it is, also after a reset by another program, and other programs get a sharing violation meanwhile;
 * while one of them stays connected, `begin` fails with `reader-busy`.
 */
export class PcscliteConnection implements PcscConnection {
  readonly refusesOthers = true;
  readonly #card: PcscliteCard;
  readonly #around: LiteSurroundings;
  readonly #turns = new Turns();
  #alone = false;
  #hanging = false;
  #leaving: Disposition | undefined;

  constructor(card: PcscliteCard, around: LiteSurroundings) {
    this.#card = card;
    this.#around = around;
  }

  get protocol(): Protocol {
    return this.#card.isT1 ? 'T=1' : 'T=0';
  }

  get atr(): Uint8Array {
    return this.#around.atr();
  }

  /** Connects, before anything else. Rejects with pcsclite's own error. */
  open(): Promise<void> {
    return this.#turns.run(() => this.#connect('shared'));
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    if (apdu.length < 4) throw new RangeError('An APDU is at least four bytes');
    const response = await this.#call(() => this.#card.transmit(apdu));
    // A card that vanishes in the middle can look like success without an answer.
    if (response.length < 2) throw new Failure('card-removed', { reader: this.#around.reader });
    return response;
  }

  begin(): Promise<void> {
    return this.#call(async () => {
      await this.#takeAlone();
      this.#alone = true;
    });
  }

  async end(disposition: Disposition): Promise<void> {
    if (!this.#alone) return;
    this.#alone = false;
    await this.#call(() => this.#card.disconnect(disposition));
    await this.reconnect().catch(() => undefined);
  }

  reconnect(): Promise<void> {
    return this.#call(() => this.#connect('shared'));
  }

  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#call(() => this.#card.control(code, data));
  }

  async disconnect(disposition: Disposition): Promise<void> {
    if (this.#leaving !== undefined) return;
    this.#leaving = disposition;
    // A connect that hangs ends the connection itself when it comes back.
    if (!this.#hanging) await this.#turns.run(() => this.#leave());
  }

  /** Ends it from below: a card in the middle of a transaction forgets what it verified. */
  abandon(): Promise<void> {
    return this.disconnect(this.#alone ? 'reset' : 'leave');
  }

  async #takeAlone(): Promise<void> {
    const { clock, busyAfter } = this.#around;
    for (let waited = 0; ; waited += betweenTries) {
      try {
        return await this.#connect('exclusive');
      } catch (error) {
        if (!isShared(error) || waited >= busyAfter) {
          if (isShared(error)) await this.#connect('shared').catch(() => undefined);
          throw error;
        }
      }
      await clock.pause(betweenTries);
    }
  }

  #connect(mode: 'shared' | 'exclusive'): Promise<void> {
    const { gate, reader } = this.#around;
    return gate.run(
      reader,
      () => this.#card.connect(mode),
      (outcome) => this.#connectedLate(outcome),
    );
  }

  /** The others have let go after we stopped waiting: nobody here wants the card alone any more. */
  async #connectedLate(outcome: Promise<void>): Promise<void> {
    this.#hanging = true;
    await outcome.catch(() => undefined);
    await this.#card.disconnect('leave');
    this.#hanging = false;
    if (this.#leaving !== undefined) await this.#leave();
  }

  async #leave(): Promise<void> {
    this.#alone = false;
    await this.#card.disconnect(this.#leaving ?? 'leave');
    this.#around.left();
  }

  #call<T>(call: () => Promise<T>): Promise<T> {
    const { reader } = this.#around;
    if (this.#leaving !== undefined) return Promise.reject(new Failure('card-removed', { reader }));
    if (this.#hanging) return Promise.reject(new Failure('reader-busy', { reader }));
    return this.#turns.run(() =>
      call().catch(async (error: unknown) => {
        throw await callFailure(error, liteCode, this.#around);
      }),
    );
  }
}
