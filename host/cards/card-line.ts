import type { CardProfile, Channel, Disposition, Pcsc, PcscConnection, Plan } from '@sigill/core/card';
import { openChannel, planSelect, toCommand } from '@sigill/core/card';
import { Failure, isFailure } from '@sigill/core';

// A reset between connecting and beginning is met by connecting anew; who resets more often than this wants the card for itself.
const attempts = 3;

/** A connection to a card inside a transaction, with the channel over it: what one entry of a card's queue works with. */
export class CardLine {
  readonly #connection: PcscConnection;
  readonly channel: Channel;

  private constructor(connection: PcscConnection) {
    this.#connection = connection;
    this.channel = openChannel((apdu) => connection.transmit(apdu), connection.protocol);
  }

  /** Connects and begins a transaction. Fails as `Pcsc.connect` and `PcscConnection.begin` do. */
  static async open(pcsc: Pcsc, reader: string): Promise<CardLine> {
    const connection = await pcsc.connect(reader);
    try {
      await begin(connection);
      return new CardLine(connection);
    } catch (error) {
      await connection.disconnect('leave');
      throw error;
    }
  }

  get atr(): Uint8Array {
    return this.#connection.atr;
  }

  /** As `PcscConnection.refusesOthers`. */
  get refusesOthers(): boolean {
    return this.#connection.refusesOthers === true;
  }

  /** As `PcscConnection.control`. */
  control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#connection.control(code, data);
  }

  /** Selects the card's application. Fails with `card-malformed` when the card does not have it any more. */
  async select(profile: CardProfile): Promise<void> {
    // Without it another application may be selected, and a PIN reference would mean another PIN.
    if (!(await this.run(planSelect(profile)))) throw new Failure('card-malformed', { what: 'application' });
  }

  /** Sends a plan without secrets; true when the card did all of it. Fails as the channel does. */
  async run(plan: Plan): Promise<boolean> {
    for (const planned of plan) {
      const { status } = await this.channel.send(toCommand(planned, noSecret));
      if (status !== done) return false;
    }
    return true;
  }

  /** Goes on with a card that another program has reset. */
  async anew(): Promise<void> {
    await this.#connection.end('leave').catch(() => undefined);
    await this.#connection.reconnect();
    await begin(this.#connection);
  }

  /** Resets the card and goes on with it in a new transaction. */
  async reset(): Promise<void> {
    await this.#connection.end('reset');
    await begin(this.#connection);
  }

  /** Ends the transaction and the connection. Never fails. */
  async close(disposition: Disposition): Promise<void> {
    try {
      await this.#connection.end(disposition);
      await this.#connection.disconnect('leave');
    } catch {
      await this.#connection.disconnect(disposition);
    }
  }
}

const done = 0x9000;

async function begin(connection: PcscConnection): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.begin();
    } catch (error) {
      if (!isFailure(error, 'card-reset') || attempt === attempts) throw error;
      await connection.reconnect();
    }
  }
}

function noSecret(): never {
  throw new Error('This plan may not ask for a secret');
}
