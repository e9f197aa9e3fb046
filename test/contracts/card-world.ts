import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Card, CardEvent, Log, Reader } from '@sigill/core';
import { type CardCache, type CardProfile, parseProfile } from '@sigill/core/card';
import { SimulatedReaders, VirtualClock } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { CardService } from '../../host/cards/card-service.js';
import type { Clock } from '../../host/cards/clock.js';

/** The profiles of the bundled plugins. */
export const bundledProfiles: readonly CardProfile[] = ['fineid', 'myeid'].flatMap((plugin) => {
  const folder = fileURLToPath(new URL(`../../plugins/${plugin}/profiles`, import.meta.url));
  return readdirSync(folder).map((name) => {
    const path = `${folder}/${name}`;
    return parseProfile(JSON.parse(readFileSync(path, 'utf8')), path);
  });
});

/** A clock on which nothing takes time: pauses are counted and over at once. */
export class CountingClock implements Clock {
  readonly pauses: number[] = [];

  async pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.pauses.push(milliseconds);
    await new Promise(setImmediate);
  }
}

/** No card was ever seen before. */
export const noCache: CardCache = { find: () => undefined, keep: () => undefined };

/** Simulated readers under a real card service. */
export class CardWorld {
  readonly clock = new CountingClock();
  readonly simulated: SimulatedReaders;
  readonly service: CardService;
  readonly events: CardEvent[] = [];
  readonly lists: (readonly Reader[])[] = [];
  readonly logged: string[] = [];

  constructor(readers: readonly string[] = ['R'], cache: CardCache = noCache) {
    const virtual = new VirtualClock();
    this.simulated = new SimulatedReaders({ clock: virtual, transactionWait: 0 });
    for (const reader of readers) this.simulated.addReader(reader);
    const keep = (line: string): void => void this.logged.push(line);
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    this.service = new CardService(this.simulated, bundledProfiles, cache, log, { clock: this.clock });
    this.service.events.subscribe((event) => this.events.push(event));
    this.service.readers.subscribe((list) => this.lists.push(list));
  }

  /** The reader once `is` holds for it. */
  reader(name: string, is: (reader: Reader) => boolean): Promise<Reader> {
    const found = this.service.readers.pipe(map((readers) => readers.find((reader) => reader.name === name)));
    return firstValueFrom(found.pipe(filter((reader) => reader !== undefined && is(reader)))) as Promise<Reader>;
  }

  /** The card once it is read. */
  async card(name = 'R'): Promise<Card> {
    const { card } = await this.reader(name, ({ card: found }) => found !== undefined);
    if (!card) throw new Error('no card');
    return card;
  }

  /** Resolves when nothing is going on with the card any more. */
  async quiet(card: Card): Promise<void> {
    await this.service.use(card.id, async () => undefined).catch(() => undefined);
  }
}
