import { type Card, type CardDetails, type CardEvent, type CardId, type Disposable, Failure } from '@sigill/core';
import type { Log, Reader } from '@sigill/core';
import type { CachedCertificate, CardCache, CardProfile, Pcsc, PcscService, ReaderPresence } from '@sigill/core/card';
import type { Observable, Subscription } from 'rxjs';
import type { CardAccess, CardSession } from './card-access.js';
import { type Clock, systemClock } from './clock.js';
import { type CardNeeds, InsertedCard } from './inserted-card.js';
import { readCertificate } from './read-certificate.js';
import { ReaderStates } from './reader-states.js';

interface Slot {
  readonly insertion: number;
  readonly card: InsertedCard | undefined;
}

/** All readers and the cards in them: reads each card that comes, tells its state, and lends it for use. */
export class CardService implements CardAccess, Disposable {
  readonly #needs: CardNeeds;
  readonly #slots = new Map<string, Slot>();
  readonly #states = new ReaderStates();
  readonly #certificates = new Map<string, Uint8Array>();
  readonly #watch: Subscription;

  constructor(
    pcsc: Pcsc,
    profiles: readonly CardProfile[],
    cache: CardCache,
    log: Log,
    { clock = systemClock }: { readonly clock?: Clock } = {},
  ) {
    this.#needs = { pcsc, profiles, cache, log, clock };
    this.#watch = pcsc.service.subscribe((service) => this.#take(service));
  }

  get readers(): Observable<readonly Reader[]> {
    return this.#states.readers;
  }

  get events(): Observable<CardEvent> {
    return this.#states.events;
  }

  async details(card: CardId): Promise<CardDetails> {
    return this.#find(card).details();
  }

  /** Read once for an insertion, or with the card itself. */
  async certificate(card: CardId, id: string): Promise<Uint8Array> {
    const own = this.stored(card)?.find((one) => one.id.toLowerCase() === id.toLowerCase());
    if (own) return own.der.slice();
    const key = `${this.#find(card).id} ${id.toLowerCase()}`;
    const known = this.#certificates.get(key);
    if (known) return known;
    const der = await readCertificate(this, this.card(card), id);
    this.#certificates.set(key, der);
    return der;
  }

  async use<T>(card: CardId, use: (session: CardSession) => Promise<T>): Promise<T> {
    return this.#find(card).use(use);
  }

  async control(card: CardId, code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#find(card).control(code, data);
  }

  profileOf(card: CardId): CardProfile {
    return this.#find(card).profile;
  }

  stored(card: CardId): readonly CachedCertificate[] | undefined {
    return this.#find(card).stored;
  }

  card(id: CardId): Card {
    const { card } = this.#find(id);
    if (!card) throw new Failure('card-removed', { reader: '' });
    return card;
  }

  /** Watches no more; what goes on with a card comes to its end. */
  dispose(): void {
    this.#watch.unsubscribe();
    for (const { card } of this.#slots.values()) card?.leave();
    this.#slots.clear();
    this.#states.complete();
  }

  #find(id: CardId): InsertedCard {
    for (const { card } of this.#slots.values()) if (card?.id === id) return card;
    throw new Failure('card-removed', { reader: '' });
  }

  #take({ readers: present, available, why }: PcscService): void {
    if (!available) this.#needs.log.info(`card service: ${why ?? 'not available'}`);
    const started: InsertedCard[] = [];
    this.#states.update((readers) => {
      const events = [...readers.keys()]
        .filter((name) => !present.some((one) => one.name === name))
        .flatMap((name) => this.#leave(name, readers));
      for (const presence of present) events.push(...this.#seen(presence, readers, started));
      return events;
    });
    for (const card of started) void card.read();
  }

  #leave(name: string, readers: Map<string, Reader>): CardEvent[] {
    const had = this.#remove(name);
    readers.delete(name);
    return [...had, { kind: 'reader-left', reader: name }];
  }

  #seen(presence: ReaderPresence, readers: Map<string, Reader>, started: InsertedCard[]): CardEvent[] {
    const { name, insertion, mute = false } = presence;
    const isThere = presence.atr !== undefined || mute;
    const slot = this.#slots.get(name);
    if (slot && isThere && slot.insertion === insertion && (slot.card === undefined) === mute) return [];
    const events: CardEvent[] = readers.has(name) ? [] : [{ kind: 'reader-arrived', reader: name }];
    events.push(...this.#remove(name));
    if (!isThere) {
      readers.set(name, { name, state: 'empty' });
      return events;
    }
    events.push({ kind: 'card-inserted', reader: name });
    const card = mute ? undefined : new InsertedCard(this.#needs, name, (reader) => this.#show(reader));
    this.#slots.set(name, { insertion, card });
    readers.set(name, card ? { name, state: 'reading' } : muteReader(name));
    if (card) started.push(card);
    return events;
  }

  #remove(name: string): CardEvent[] {
    const slot = this.#slots.get(name);
    this.#slots.delete(name);
    slot?.card?.leave();
    const id = slot?.card?.id;
    for (const key of this.#certificates.keys()) if (id && key.startsWith(id)) this.#certificates.delete(key);
    return slot ? [{ kind: 'card-removed', reader: name }] : [];
  }

  #show(reader: Reader): void {
    this.#states.update((readers) => {
      readers.set(reader.name, reader);
      return [];
    });
  }
}

const muteReader = (name: string): Reader => ({
  name,
  state: 'error',
  failure: { code: 'reader-error', facts: { reader: name, why: 'the card does not answer' } },
});
