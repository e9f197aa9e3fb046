import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Card, type CardEvent, Failure, type Log, type PinOutcome, type PinRequest } from '@sigill/core';
import type { Pins, Reader } from '@sigill/core';
import { BehaviorSubject, filter, firstValueFrom, map, NEVER, ReplaySubject, Subject } from 'rxjs';
import { findPlugins, type PluginFolders } from '../../host/plugins/finder.js';
import { PluginHost, type PluginHostOptions } from '../../host/plugins/plugin-host.js';
import type { PluginServices } from '../../host/plugins/plugin-services.js';

/** The plugins of these tests. */
export const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));

/** The plugins that come with the program. */
export const bundled = fileURLToPath(new URL('../../plugins', import.meta.url));

/** Services that answer something, or nothing. */
export const idleServices: Omit<PluginServices, 'pins'> = {
  cards: {
    readers: NEVER,
    events: NEVER,
    details: async () => ({ caCertificates: [], keys: [], notes: [] }),
    certificate: async (_card, id) => new TextEncoder().encode(id),
  },
  signing: () => ({
    sign: async ({ algorithm, digest }) => ({ algorithm, value: digest }),
    signDocuments: async ({ documents }) => documents.map(({ digest: value }) => ({ value })),
  }),
  decrypting: () => ({
    decipher: async ({ cryptogram }) => cryptogram,
    agree: async ({ point }) => point,
  }),
  documents: {
    for: () => ({
      info: unknown,
      read: unknown,
      digest: unknown,
      draft: unknown,
      append: unknown,
      patch: unknown,
      deliver: unknown,
      discard: unknown,
    }),
    ended: () => {},
  },
  net: { request: async ({ url }) => ({ status: 200, body: new TextEncoder().encode(url) }) },
  trust: { anchors: async () => [], list: async () => undefined },
  keepSetting: () => Promise.resolve(),
};

function unknown(): Promise<never> {
  return Promise.reject(new Failure('document-unknown', {}));
}

// A process needs JavaScript: the built one.
const runner = fileURLToPath(new URL('../../host/dist/start/runner.js', import.meta.url));

/** A reader with a card as far as these tests look at it. */
export function readerWith(id: string, state: Reader['state'] = 'ready', name = 'Reader 0'): Reader {
  const card = { id, reader: name, profile: 'fineid-citizen', label: 'Card', holder: `Holder ${id}`, atr: '3b00' };
  return { name, state, card: { ...card, pins: [], certificates: [], notes: [] } satisfies Card };
}

/** A plugin host whose cards, PINs and log are in the test's hands. */
export async function fakeHost(folders: PluginFolders, options: Partial<PluginHostOptions> = {}) {
  const readers = new BehaviorSubject<readonly Reader[]>([readerWith('card-1')]);
  const events = new Subject<CardEvent>();
  const lines = new ReplaySubject<string>();
  const write = (line: string): void => lines.next(line);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const asked: { requester: string; operation: string; request: object }[] = [];
  const pinsOf = (requester: string): Pins => {
    const ask =
      (operation: string) =>
      async (request: PinRequest): Promise<PinOutcome> => {
        asked.push({ requester, operation, request });
        return { pin: request.pin, state: 'ok', triesLeft: 5 };
      };
    return {
      verify: ask('verify'),
      change: ask('change'),
      unlock: ask('unlock'),
      activate: async (request) => {
        asked.push({ requester, operation: 'activate', request });
        return {
          scheme: 'A',
          pins: [
            { pin: 'PIN1', state: 'ok' },
            { pin: 'PIN2', state: 'ok' },
          ],
        };
      },
    };
  };
  const plugins = await findPlugins(folders);
  const host = new PluginHost({
    ...idleServices,
    cards: { ...idleServices.cards, readers, events },
    pins: pinsOf,
    log,
    plugins,
    runner,
    ...options,
  });
  return {
    host,
    plugins,
    readers,
    events,
    asked,
    /** The first line of the log that matches, when it has come. */
    line: (pattern: RegExp): Promise<string> => firstValueFrom(lines.pipe(filter((line) => pattern.test(line)))),
    /** How many lines the log has so far. */
    lineCount: (): number => {
      let count = 0;
      lines
        .pipe(map(() => (count += 1)))
        .subscribe()
        .unsubscribe();
      return count;
    },
    state: (name: string) => host.list().find((plugin) => plugin.name === name),
  };
}

/** True while a process with this id runs; one that has ended and that nobody has asked about does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
