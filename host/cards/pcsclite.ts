import { Failure } from '@sigill/core';
import type { Pcsc, PcscConnection, PcscService } from '@sigill/core/card';
import type { Observable } from 'rxjs';
import { type Clock, systemClock } from './clock.js';
import { loadPackage } from './load-package.js';
import { connectFailure } from './pcsc-failure.js';
import type { PcscOptions } from './pcsc-mini.js';
import { liteCode } from './pcsclite-call.js';
import { PcscliteCard } from './pcsclite-card.js';
import { PcscliteConnection } from './pcsclite-connection.js';
import type { LitePackage, LiteReader } from './pcsclite-types.js';
import { type LiteReaders, watchByLite } from './pcsclite-watch.js';
import { ReaderGate } from './reader-gate.js';
import { ServiceWatch } from './service-watch.js';

// pcscd looks for a card every 400 ms, so a removal shows at the latest then.
const removalShows = 1_000;

/** PC/SC by pcsclite. Fails with `service-absent` when the package cannot be loaded on this computer. */
export async function openPcsclite(options: PcscOptions = {}): Promise<Pcsclite> {
  return new Pcsclite(loadPackage<LitePackage>('pcsclite'), options);
}

/**
 * Readers and cards by pcsclite, where pcsc-mini has no binary. It has one connection for each reader, no transactions
 * (see `PcscliteConnection`), and may hold up the program while a card works: a change of a reader's state waits for the command.
 */
class Pcsclite implements Pcsc {
  readonly #clock: Clock;
  readonly #busyAfter: number;
  readonly #gate: ReaderGate;
  readonly #watch: ServiceWatch;
  readonly #connections = new Map<LiteReader, { connection: PcscliteConnection; left: Promise<void> }>();
  #readers: LiteReaders | undefined;

  constructor(open: LitePackage, { clock = systemClock, busyAfter = 8_000 }: PcscOptions) {
    this.#clock = clock;
    this.#busyAfter = busyAfter;
    this.#gate = new ReaderGate(clock, busyAfter);
    const use = (readers: LiteReaders | undefined): void => void (this.#readers = readers);
    this.#watch = new ServiceWatch(watchByLite(open, use), clock);
  }

  get service(): Observable<PcscService> {
    return this.#watch.service;
  }

  async connect(reader: string): Promise<PcscConnection> {
    const { presences } = this.#watch;
    if (!this.#readers) throw new Failure('service-absent', { why: 'the card service does not run' });
    const found = this.#readers.get(reader);
    if (!found) throw new Failure('reader-unknown', { reader, readers: presences.names() });
    // pcsclite has one connection for each reader: the next one waits for the end of the one before.
    await this.#gate.run(
      reader,
      () => this.#free(found),
      () => Promise.resolve(),
    );
    const connection = this.#prepare(found, presences.insertion(reader));
    try {
      await connection.open();
      return connection;
    } catch (error) {
      await connection.disconnect('leave');
      if (error instanceof Failure) throw error;
      throw connectFailure(liteCode(error), reader, presences.names(), error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map(({ connection }) => connection.abandon()));
    await this.#watch.close();
  }

  #prepare(reader: LiteReader, insertion: number): PcscliteConnection {
    const { name } = reader;
    let ended = (): void => undefined;
    const left = new Promise<void>((resolve) => (ended = resolve));
    const connection = new PcscliteConnection(new PcscliteCard(reader), {
      gate: this.#gate,
      clock: this.#clock,
      reader: name,
      busyAfter: this.#busyAfter,
      gone: () => this.#watch.gone(name, insertion, removalShows),
      atr: () => this.#watch.presences.atr(name),
      left: () => {
        this.#connections.delete(reader);
        ended();
      },
    });
    this.#connections.set(reader, { connection, left });
    return connection;
  }

  async #free(reader: LiteReader): Promise<void> {
    for (let taken = this.#connections.get(reader); taken; taken = this.#connections.get(reader)) await taken.left;
  }
}
