import { BehaviorSubject, type Observable } from 'rxjs';
import { Failure } from '../failure.js';
import type { Pcsc, PcscService } from '../card/pcsc.js';
import { type Clock, VirtualClock } from './clock.js';
import type { SimulatedCard } from './simulated-card.js';
import { type ConnectionOwner, SimulatedConnection } from './simulated-connection.js';
import { SimulatedReader, type SimulatedReaderOptions } from './simulated-reader.js';

const stopped = 'the card service stopped';

/** A card service without readers of metal: the port `Pcsc`, and what a person or another program does to it. */
export class SimulatedReaders implements Pcsc {
  readonly clock: Clock;
  readonly #wait: number;
  readonly #readers = new Map<string, SimulatedReader>();
  readonly #connections = new Set<SimulatedConnection>();
  readonly #exclusive = new Set<string>();
  readonly #service: BehaviorSubject<PcscService>;
  readonly #owner: ConnectionOwner = {
    pulled: (reader) => this.remove(reader.name),
    closed: (connection) => this.#connections.delete(connection),
  };
  #running = true;

  /** `transactionWait` in milliseconds of `clock`: how long a command waits for another program's transaction. */
  constructor(options: { readonly clock?: Clock; readonly transactionWait?: number } = {}) {
    this.clock = options.clock ?? new VirtualClock();
    this.#wait = options.transactionWait ?? 10_000;
    this.#service = new BehaviorSubject<PcscService>({ available: true, readers: [] });
  }

  get service(): Observable<PcscService> {
    return this.#service.asObservable();
  }

  /** Connections that were not given back. */
  get connections(): number {
    return this.#connections.size;
  }

  async connect(reader: string): Promise<SimulatedConnection> {
    if (!this.#running) throw new Failure('service-absent', { why: stopped });
    const slot = this.#readers.get(reader);
    if (!slot) throw new Failure('reader-unknown', { reader, readers: [...this.#readers.keys()] });
    if (this.#exclusive.has(reader)) throw new Failure('reader-busy', { reader });
    if (!slot.card) throw new Failure('no-card', { reader });
    if (slot.mute) throw new Failure('reader-error', { reader, why: 'the card does not answer' });
    const connection = new SimulatedConnection(slot, slot.card, this.#owner);
    this.#connections.add(connection);
    return connection;
  }

  async close(): Promise<void> {
    this.#running = false;
    this.#abandon(() => true);
    this.#service.complete();
  }

  /** Plugs a reader in. */
  addReader(name: string, options: SimulatedReaderOptions = {}): void {
    if (this.#readers.has(name)) throw new Error(`There is a reader ${name} already`);
    this.#readers.set(name, new SimulatedReader(name, options, this.clock, this.#wait));
    this.#tell();
  }

  /** Unplugs a reader, with the card in it. */
  removeReader(name: string): void {
    this.#reader(name).remove();
    this.#abandon((connection) => connection.reader === name);
    this.#readers.delete(name);
    this.#tell();
  }

  /** Puts a card in; `mute` for one that does not answer (wrong way round, dirty). */
  insert(reader: string, card: SimulatedCard, options: { readonly mute?: boolean } = {}): void {
    this.#reader(reader).insert(card, options.mute ?? false);
    this.#tell();
  }

  /** Pulls the card out. */
  remove(reader: string): void {
    this.#reader(reader).remove();
    this.#tell();
  }

  /** The card in a reader. */
  card(reader: string): SimulatedCard | undefined {
    return this.#reader(reader).card;
  }

  stopService(): void {
    this.#running = false;
    this.#abandon(() => true);
    this.#tell();
  }

  /** The service powers every card anew: an insertion for each. */
  startService(): void {
    this.#running = true;
    for (const slot of this.#readers.values()) {
      const { card, mute } = slot;
      slot.remove();
      if (card) slot.insert(card, mute);
    }
    this.#tell();
  }

  /** Another program resets the card: all connections must reconnect. */
  foreignReset(reader: string): void {
    this.#reader(reader).reset();
  }

  /** Another program asks for the card alone: at once, or (`begun`) when a transaction of ours ends. */
  foreignTransaction(reader: string): { readonly begun: Promise<void>; end(): void } {
    const slot = this.#reader(reader);
    const program = {};
    const begun = slot.begin(program);
    begun.catch(() => undefined);
    return { begun, end: () => slot.end(program) };
  }

  /** Another program connects for itself alone: `connect` fails with `reader-busy` until `end`. */
  foreignExclusive(reader: string): { end(): void } {
    this.#exclusive.add(reader);
    return { end: () => this.#exclusive.delete(reader) };
  }

  #abandon(which: (connection: SimulatedConnection) => boolean): void {
    for (const connection of [...this.#connections].filter(which)) connection.abandon(stopped);
  }

  #reader(name: string): SimulatedReader {
    const slot = this.#readers.get(name);
    if (!slot) throw new Error(`There is no reader ${name}`);
    return slot;
  }

  #tell(): void {
    const readers = [...this.#readers.values()].map(({ presence }) => presence);
    this.#service.next(this.#running ? { available: true, readers } : { available: false, why: stopped, readers: [] });
  }
}
