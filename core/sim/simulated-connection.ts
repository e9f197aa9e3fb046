import { Failure } from '../failure.js';
import type { Disposition, PcscConnection, Protocol } from '../card/pcsc.js';
import { CardLost } from './fault.js';
import type { SimulatedCard } from './simulated-card.js';
import type { SimulatedReader } from './simulated-reader.js';

/** What a connection tells its maker. */
export interface ConnectionOwner {
  /** The card was pulled out by a fault. */
  pulled(reader: SimulatedReader): void;
  closed(connection: SimulatedConnection): void;
}

/** A connection to the card that was in the reader when it was made. */
export class SimulatedConnection implements PcscConnection {
  readonly protocol: Protocol;
  readonly atr: Uint8Array;
  readonly #reader: SimulatedReader;
  readonly #card: SimulatedCard;
  readonly #insertion: number;
  readonly #owner: ConnectionOwner;
  #resets: number;
  #ended: string | undefined;
  #busy = false;

  constructor(reader: SimulatedReader, card: SimulatedCard, owner: ConnectionOwner) {
    this.#reader = reader;
    this.#card = card;
    this.#owner = owner;
    this.#insertion = reader.insertion;
    this.#resets = reader.resets;
    this.protocol = card.protocol;
    this.atr = card.atr;
  }

  /** The reader it was made in. */
  get reader(): string {
    return this.#reader.name;
  }

  transmit(apdu: Uint8Array): Promise<Uint8Array> {
    return this.#alone(async () => {
      if (apdu.length < 4) throw this.#error('a command has at least four bytes');
      // The caller may wipe its bytes at once.
      const sent = apdu.slice();
      this.#check();
      await this.#reader.free(this);
      this.#check();
      try {
        const response = await this.#card.transmit(sent);
        if (!this.#present()) throw new CardLost('removed');
        return response;
      } catch (error) {
        throw this.#lost(error);
      } finally {
        sent.fill(0);
      }
    });
  }

  begin(): Promise<void> {
    return this.#alone(async () => {
      this.#check();
      await this.#reader.begin(this);
      try {
        this.#check();
      } catch (failure) {
        this.#reader.end(this);
        throw failure;
      }
    });
  }

  async end(disposition: Disposition): Promise<void> {
    this.#release(disposition);
  }

  async reconnect(): Promise<void> {
    if (this.#ended !== undefined) throw this.#error(this.#ended);
    if (!this.#present()) throw this.#removed();
    this.#resets = this.#reader.resets;
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    this.#check();
    const { control } = this.#reader.options;
    if (!control) throw this.#error('this reader has no controls');
    return control(code, data, (apdu) => this.transmit(apdu));
  }

  async disconnect(disposition: Disposition): Promise<void> {
    if (this.#ended !== undefined) return;
    this.#release(disposition);
    this.abandon('the connection was closed');
  }

  /** Ends it from below: every further call fails with `reader-error`. */
  abandon(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#reader.end(this);
    this.#owner.closed(this);
  }

  #release(disposition: Disposition): void {
    const alive = this.#ended === undefined && this.#present();
    const current = alive && this.#resets === this.#reader.resets;
    if (alive && disposition === 'reset') {
      this.#reader.reset();
      // Who resets the card knows; who had missed an earlier reset must still take notice.
      if (current) this.#resets = this.#reader.resets;
    }
    this.#reader.end(this);
  }

  #present(): boolean {
    return this.#reader.card === this.#card && this.#reader.insertion === this.#insertion;
  }

  #check(): void {
    if (this.#ended !== undefined) throw this.#error(this.#ended);
    if (!this.#present()) throw this.#removed();
    if (this.#reader.mute) throw this.#error('the card does not answer');
    if (this.#resets !== this.#reader.resets) throw this.#reset();
  }

  #lost(error: unknown): unknown {
    if (!(error instanceof CardLost)) return error;
    if (this.#ended !== undefined) return this.#error(this.#ended);
    if (error.kind === 'removed') {
      if (this.#present()) this.#owner.pulled(this.#reader);
      return this.#removed();
    }
    if (error.kind === 'error') return this.#present() ? this.#error('no answer') : this.#removed();
    // A reset that came through the reader was counted there.
    if (this.#resets === this.#reader.resets) this.#reader.noteReset();
    return this.#reset();
  }

  // The port leaves order to its caller, so two at once is a bug there.
  async #alone<T>(call: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new Error('Two calls at once on one connection');
    this.#busy = true;
    try {
      return await call();
    } finally {
      this.#busy = false;
    }
  }

  #removed(): Failure {
    return new Failure('card-removed', { reader: this.reader });
  }

  #reset(): Failure {
    return new Failure('card-reset', { reader: this.reader });
  }

  #error(why: string): Failure {
    return new Failure('reader-error', { reader: this.reader, why });
  }
}
