import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Card, CardEvent, Log, Reader } from '@sigill/core';
import { type CardCache, type CardProfile, parseProfile } from '@sigill/core/card';
import { createCard, type SimulatedCard, SimulatedReaders, VirtualClock } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import type { CardSession } from '../../host/cards/card-access.js';
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

/** What tests of a card at work begin with. */
export interface ReadyCard {
  readonly world: CardWorld;
  readonly chip: SimulatedCard;
  readonly card: Card;
}

/** A world with one card in reader `R`, read to the end. */
export async function readyCard(name: 'fineid-v4' | 'fineid-org' = 'fineid-v4'): Promise<ReadyCard> {
  const world = new CardWorld();
  const chip = createCard(name, 'normal');
  world.simulated.insert('R', chip);
  const { card } = await world.reader('R', ({ card: read }) => read?.puk !== undefined);
  if (!card) throw new Error('no card');
  return { world, chip, card };
}

/** Presents `pin` as PIN1 of a Finnish identity card; `silent` says nothing of it beforehand. */
export async function presentPin1(session: CardSession, pin: string, silent = false): Promise<number> {
  if (!silent) session.presenting();
  const data = Uint8Array.from(Buffer.from(pin.padEnd(12, '\0')));
  return (await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: 0x11, data })).status;
}

/** A turn of everything that was ready to go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}
