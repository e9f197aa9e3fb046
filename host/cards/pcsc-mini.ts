import { Failure } from '@sigill/core';
import type { Pcsc, PcscConnection, PcscService } from '@sigill/core/card';
import type { Observable } from 'rxjs';
import { type Clock, systemClock } from './clock.js';
import { loadPackage } from './load-package.js';
import { connectFailure, isMute } from './pcsc-failure.js';
import { miniCode } from './pcsc-mini-code.js';
import { PcscMiniConnection } from './pcsc-mini-connection.js';
import type { MiniCard, MiniPackage, MiniReader } from './pcsc-mini-types.js';
import { type MiniAtWork, watchByMini } from './pcsc-mini-watch.js';
import { ReaderGate } from './reader-gate.js';
import { ServiceWatch } from './service-watch.js';

/** Milliseconds; all optional. */
export interface PcscOptions {
  readonly clock?: Clock;
  /** How long another program may keep us from a card before it is `reader-busy`. */
  readonly busyAfter?: number;
}

// pcscd looks for a card every 400 ms, so a removal shows at the latest then.
const removalShows = 1_000;
// A card that another program keeps busy is shown without its answer to reset after this time.
const longestAsking = 500;

// Connections that a client of pcsc-mini can have, and readers that it sees.
const places = 4;

/** PC/SC by pcsc-mini. Fails with `service-absent` when the package cannot be loaded on this computer. */
export async function openPcscMini(options: PcscOptions = {}): Promise<PcscMini> {
  return new PcscMini(loadPackage<MiniPackage>('pcsc-mini'), options);
}

/** Readers and cards by pcsc-mini: with real transactions, and each connection with a PC/SC context of its own. */
export class PcscMini implements Pcsc {
  readonly #mini: MiniPackage;
  readonly #gate: ReaderGate;
  readonly #watch: ServiceWatch;
  readonly #connections = new Set<PcscMiniConnection>();
  #work: MiniAtWork | undefined;

  constructor(mini: MiniPackage, { clock = systemClock, busyAfter = 8_000 }: PcscOptions) {
    this.#mini = mini;
    this.#gate = new ReaderGate(clock, busyAfter);
    const use = (work: MiniAtWork | undefined): void => void (this.#work = work);
    this.#watch = new ServiceWatch(
      watchByMini(mini, clock, (reader) => this.#askAtr(reader), use),
      clock,
    );
  }

  get service(): Observable<PcscService> {
    return this.#watch.service;
  }

  async connect(reader: string): Promise<PcscConnection> {
    const { presences } = this.#watch;
    const work = this.#work;
    if (!work) throw new Failure('service-absent', { why: 'the card service does not run' });
    const found = work.client.reader(reader);
    if (!found) throw new Failure('reader-unknown', { reader, readers: presences.names() });
    const insertion = presences.insertion(reader);
    try {
      const { card, atr } = await this.#open(found);
      const connection: PcscMiniConnection = new PcscMiniConnection(card, atr, {
        mini: this.#mini,
        client: work.client,
        gate: this.#gate,
        reader,
        gone: () => this.#watch.gone(reader, insertion, removalShows),
        left: () => this.#connections.delete(connection),
      });
      this.#connections.add(connection);
      return connection;
    } catch (error) {
      if (error instanceof Failure) throw error;
      // pcsc-mini loses a place with each connection that it could not end, as when its reader was unplugged.
      if (isFull(error) && this.#connections.size < places) work.renew('pcsc-mini has no place for a connection');
      throw connectFailure(miniCode(error), reader, presences.names(), error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.abandon()));
    await this.#watch.close();
  }

  async #askAtr(reader: MiniReader): Promise<{ atr?: Uint8Array; mute?: boolean }> {
    try {
      const { card, atr } = await this.#open(reader, longestAsking);
      await this.#leave(card);
      return { atr };
    } catch (error) {
      return isMute(miniCode(error)) ? { mute: true } : {};
    }
  }

  async #open(reader: MiniReader, milliseconds?: number): Promise<{ card: MiniCard; atr: Uint8Array }> {
    const card = await this.#gate.run(
      reader.name(),
      () => reader.connect(this.#mini.CardMode.SHARED),
      async (outcome) => this.#leave(await outcome),
      milliseconds,
    );
    try {
      return { card, atr: (await card.state()).atr.slice() };
    } catch (error) {
      await this.#leave(card);
      throw error;
    }
  }

  async #leave(card: MiniCard): Promise<void> {
    await card.disconnect(this.#mini.CardDisposition.LEAVE).catch(() => undefined);
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'TooManyCardConnections';
