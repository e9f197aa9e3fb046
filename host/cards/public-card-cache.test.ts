import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CachedCard } from '@sigill/core/card';
import { createCard } from '@sigill/core/sim';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CardWorld } from '../../test/contracts/card-world.js';
import { PublicCardCache } from './public-card-cache.js';

let folder: string;
const cards = (): string => join(folder, 'cards');

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sigill-cache-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a card is found again after a new start, by its first certificate', async () => {
  await kept(card(1), card(2));
  const cache = new PublicCardCache(folder);
  expect(find(cache, 2)).toEqual(card(2));
  expect(find(cache, 3)).toBeUndefined();
  expect(cache.find('other', 800, der(2).subarray(0, 256))).toBeUndefined();
});

it('a renewed certificate is another one: same length, another serial number', async () => {
  await kept(card(1));
  const renewed = der(1).subarray(0, 256);
  renewed[20] = 0xff;
  expect(new PublicCardCache(folder).find('p', 800, renewed)).toBeUndefined();
});

it('files are for their owner alone, and their names tell nothing', async () => {
  await kept(card(1));
  const [name = ''] = readdirSync(cards());
  expect(name).toMatch(/^[0-9a-f]{64}\.json$/);
  expect([statSync(cards()).mode & 0o777, statSync(join(cards(), name)).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('a folder that others could read is closed to them', async () => {
  mkdirSync(cards(), { mode: 0o755 });
  chmodSync(cards(), 0o755);
  await kept(card(1));
  expect(statSync(cards()).mode & 0o777).toBe(0o700);
});

it.each([
  ['cut', (text: string) => text.slice(0, -10)],
  ['empty', () => ''],
  ['one byte changed', (text: string) => text.replace('"der":"30', '"der":"31')],
  ['another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['not what it says', () => 'null'],
  ['too long', (text: string) => text + ' '.repeat(300_000)],
])('a file that is %s is ignored and removed', async (_how, change) => {
  await kept(card(1));
  const [name = ''] = readdirSync(cards());
  writeFileSync(join(cards(), name), change(readFileSync(join(cards(), name), 'utf8')));
  expect(find(new PublicCardCache(folder), 1)).toBeUndefined();
  expect(readdirSync(cards())).toEqual([]);
});

it('a card under another name is not that card', async () => {
  await kept(card(1));
  const [name = ''] = readdirSync(cards());
  writeFileSync(join(cards(), `${'0'.repeat(64)}.json`), readFileSync(join(cards(), name)));
  find(new PublicCardCache(folder), 1);
  expect(readdirSync(cards())).toEqual([name]);
});

it('a folder that cannot be made or written is done without', async () => {
  writeFileSync(cards(), 'a file in its place');
  const cache = await kept(card(1));
  expect(find(cache, 1)).toEqual(card(1));
  expect(find(new PublicCardCache(folder), 1)).toBeUndefined();
});

it('so many cards are remembered and no more: the newest', async () => {
  const cache = await kept(...Array.from({ length: 70 }, (_, at) => card(at)));
  expect(readdirSync(cards())).toHaveLength(64);
  expect([find(cache, 5), find(cache, 6), find(cache, 69)]).toEqual([undefined, card(6), card(69)]);
});

it('a card kept again takes the place of what was kept', async () => {
  const more: CachedCard = {
    ...card(1),
    certificates: [...card(1).certificates, { id: '46', length: 3, der: der(9) }],
  };
  await kept(card(1), more);
  expect(find(new PublicCardCache(folder), 1)).toEqual(more);
  expect(readdirSync(cards())).toHaveLength(1);
});

it('a card seen before is ready after few commands, its certificates the same', async () => {
  const [first, second] = [await reading(), await reading()];
  expect(second.certificates).toEqual(first.certificates);
  expect(first.apdus).toBeGreaterThan(8);
  expect(second.apdus).toBeLessThanOrEqual(5);
});

async function reading() {
  const cache = new PublicCardCache(folder);
  const world = new CardWorld(['R'], cache);
  const chip = createCard('fineid-v4', 'normal');
  let apdus = 0;
  world.service.readers.subscribe(([reader]) => {
    if (reader?.state === 'ready') apdus ||= chip.counters.apdus;
  });
  world.simulated.insert('R', chip);
  const { certificates } = await world.card();
  await cache.written();
  return { certificates, apdus };
}

async function kept(...these: readonly CachedCard[]): Promise<PublicCardCache> {
  const cache = new PublicCardCache(folder);
  for (const one of these) cache.keep(one);
  await cache.written();
  return cache;
}

function find(cache: PublicCardCache, number: number): CachedCard | undefined {
  return cache.find('p', 800, der(number).subarray(0, 256));
}

function card(number: number): CachedCard {
  return { profile: 'p', certificates: [{ id: '45', length: 800, der: der(number) }] };
}

/** The shape of a certificate: a SEQUENCE whose serial number differs. */
function der(number: number): Uint8Array {
  return Uint8Array.from({ length: 800 }, (_, at) => (at === 0 ? 0x30 : at === 20 ? number : at % 251));
}
