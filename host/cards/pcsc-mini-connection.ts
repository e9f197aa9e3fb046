import { Failure } from '@sigill/core';
import type { Disposition, PcscConnection, Protocol } from '@sigill/core/card';
import { callFailure } from './pcsc-failure.js';
import { miniCode } from './pcsc-mini-code.js';
import type { MiniCard, MiniClient, MiniPackage, MiniTransaction } from './pcsc-mini-types.js';
import type { ReaderGate } from './reader-gate.js';
import { Turns } from './turns.js';

/** What a connection needs from the service that it belongs to. */
export interface MiniSurroundings {
  readonly mini: MiniPackage;
  /** Its memory holds every connection of it: it must not be collected before they have ended. */
  readonly client: MiniClient;
  readonly gate: ReaderGate;
  readonly reader: string;
  /** True when the card of this connection has left the reader, or leaves it shortly. */
  gone(): Promise<boolean>;
  /** Called once, when the connection has ended. */
  left(): void;
}

/** A shared connection to a card by pcsc-mini. */
export class PcscMiniConnection implements PcscConnection {
  readonly #card: MiniCard;
  readonly #around: MiniSurroundings;
  // pcsc-mini refuses a second call while one runs.
  readonly #turns = new Turns();
  // The default one is too small for an extended response.
  readonly #response: ArrayBuffer;
  // pcsc-mini reads a command from another thread and does not hold its bytes: we do, until it is done.
  readonly #held = new Set<Uint8Array>();
  #atr: Uint8Array;
  #transaction: MiniTransaction | undefined;
  #hanging = false;
  #leaving: Disposition | undefined;

  constructor(card: MiniCard, atr: Uint8Array, around: MiniSurroundings) {
    this.#card = card;
    this.#atr = atr;
    this.#around = around;
    this.#response = new ArrayBuffer(around.mini.MAX_BUFFER_LEN);
  }

  get protocol(): Protocol {
    return this.#card.protocol() === this.#around.mini.Protocol.T1 ? 'T=1' : 'T=0';
  }

  get atr(): Uint8Array {
    return this.#atr;
  }

  async transmit(apdu: Uint8Array): Promise<Uint8Array> {
    if (apdu.length < 4) throw new RangeError('An APDU is at least four bytes');
    const response = await this.#call(async () => {
      this.#held.add(apdu);
      try {
        return (await this.#card.transmit(apdu, this.#response)).slice();
      } finally {
        this.#held.delete(apdu);
      }
    });
    // A card that vanishes in the middle can look like success without an answer.
    if (response.length < 2) throw new Failure('card-removed', { reader: this.#around.reader });
    return response;
  }

  async begin(): Promise<void> {
    const { gate, reader } = this.#around;
    this.#transaction = await this.#call(() =>
      gate.run(
        reader,
        () => this.#card.transaction(),
        (outcome) => this.#givenLate(outcome),
      ),
    );
  }

  async end(disposition: Disposition): Promise<void> {
    const transaction = this.#transaction;
    if (!transaction) return;
    this.#transaction = undefined;
    await this.#call(() => transaction.end(this.#native(disposition)));
    // PC/SC tells a reset to every connection, ours as well.
    if (disposition === 'reset') await this.reconnect().catch(() => undefined);
  }

  async reconnect(): Promise<void> {
    const { mini } = this.#around;
    this.#atr = await this.#call(async () => {
      await this.#card.reconnect(mini.CardMode.SHARED, mini.CardDisposition.LEAVE);
      return (await this.#card.state()).atr.slice();
    });
  }

  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#call(async () => (await this.#card.control(code, data, this.#response)).slice());
  }

  async disconnect(disposition: Disposition): Promise<void> {
    if (this.#leaving !== undefined) return;
    this.#leaving = disposition;
    this.#around.left();
    // A begin that hangs ends the connection itself when it comes back.
    if (!this.#hanging) await this.#turns.run(() => this.#leave());
  }

  /** Ends it from below: a card in the middle of a transaction forgets what it verified. */
  abandon(): Promise<void> {
    return this.disconnect(this.#transaction ? 'reset' : 'leave');
  }

  /** The others have let go after we stopped waiting: nobody here wants the card any more. */
  async #givenLate(outcome: Promise<MiniTransaction>): Promise<void> {
    this.#hanging = true;
    const late = await outcome.catch(() => undefined);
    await late?.end(this.#around.mini.CardDisposition.LEAVE).catch(() => undefined);
    this.#hanging = false;
    if (this.#leaving !== undefined) await this.#leave();
  }

  async #leave(): Promise<void> {
    const disposition = this.#native(this.#leaving ?? 'leave');
    await this.#transaction?.end(disposition).catch(() => undefined);
    this.#transaction = undefined;
    await this.#card.disconnect(disposition).catch(() => undefined);
  }

  #call<T>(call: () => Promise<T>): Promise<T> {
    const { reader } = this.#around;
    if (this.#leaving !== undefined) return Promise.reject(new Failure('card-removed', { reader }));
    if (this.#hanging) return Promise.reject(new Failure('reader-busy', { reader }));
    return this.#turns.run(() =>
      call().catch(async (error: unknown) => {
        throw await callFailure(error, miniCode, this.#around);
      }),
    );
  }

  #native(disposition: Disposition): number {
    const { LEAVE, RESET } = this.#around.mini.CardDisposition;
    return disposition === 'reset' ? RESET : LEAVE;
  }
}
