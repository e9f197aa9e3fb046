import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '@sigill/core';
import { type CardProfile, parseProfile, type Pcsc } from '@sigill/core/card';
import { type CardName, type CardState, createCard, type SimulatedCard, SimulatedReaders } from '@sigill/core/sim';
import { CardService } from '../../host/cards/card-service.js';
import { settledReaders } from '../../host/reach/settled-readers.js';
import { PinBroker } from '../../host/pin/broker.js';
import { serverAddress } from '../../host/pkcs11/places.js';
import { Pkcs11Server } from '../../host/pkcs11/pkcs11-server.js';
import { firstValueFrom } from 'rxjs';
import { PersonAtPinPage } from './person.js';

/** A host that serves programs, in this process: real sockets, simulated cards, a person who answers at once. */
export interface Pkcs11Stage {
  readonly folder: string;
  readonly socket: string;
  /** What a program needs in its environment to find the cards. */
  readonly env: Readonly<Record<string, string>>;
  readonly readers: SimulatedReaders;
  readonly cards: readonly SimulatedCard[];
  readonly person: PersonAtPinPage;
  readonly server: Pkcs11Server;
  /** Lines of the log. */
  readonly log: readonly string[];
  reader(index: number): string;
  /** Resolves when nobody holds a card any more: whoever keeps one for its next use gives way. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** Sets the stage with a card in each reader, `CARD` or `CARD:STATE`, or with cards of another PC/SC. */
export async function pkcs11Stage(specs: readonly string[], other?: Pcsc): Promise<Pkcs11Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-pkcs11-'));
  const readers = new SimulatedReaders();
  const reader = (index: number): string => `Reader ${index}`;
  const cards = specs.map((spec, index) => {
    const [name, state = 'normal'] = spec.split(':');
    const card = createCard(name as CardName, state as CardState);
    readers.addReader(reader(index));
    readers.insert(reader(index), card);
    return card;
  });
  const pcsc = other ?? readers;
  const log: string[] = [];
  const write = (line: string): void => void log.push(line);
  const logger: Log = { debug: write, info: write, warn: write, error: write };
  const service = new CardService(pcsc, profiles(), { find: () => undefined, keep: () => {} }, logger);
  const person = new PersonAtPinPage();
  const broker = new PinBroker(service, person, logger);
  const socket = join(folder, 'run', 'pkcs11.sock');
  const host = { pcsc, cards: service };
  await firstValueFrom(settledReaders(host));
  const server = await Pkcs11Server.start({
    cards: service,
    logins: (requester, signal) => broker.logins(requester, signal),
    places: { own: socket },
    inherited: [],
    settled: async () => void (await firstValueFrom(settledReaders(host))),
    version: { major: 0, minor: 1 },
    leastWait: 0,
    unnamed: () => 'A program',
    log: logger,
  });
  return {
    folder,
    socket,
    env: { P11_KIT_SERVER_ADDRESS: serverAddress(socket) },
    readers,
    cards,
    person,
    server,
    log,
    reader,
    async quiet() {
      const present = await firstValueFrom(service.readers);
      await Promise.all(present.flatMap(({ card }) => (card ? [service.use(card.id, async () => undefined)] : [])));
    },
    async close() {
      server.dispose();
      service.dispose();
      await pcsc.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The profiles of our plugins. */
export function profiles(): readonly CardProfile[] {
  return ['fineid', 'myeid'].flatMap((plugin) => {
    const folder = fileURLToPath(new URL(`../../plugins/${plugin}/profiles/`, import.meta.url));
    return readdirSync(folder).map((name) =>
      parseProfile(JSON.parse(readFileSync(join(folder, name), 'utf8')), join(folder, name)),
    );
  });
}
