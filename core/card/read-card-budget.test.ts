import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCard, type CardOptions, type SimulatedCard } from '../sim/index.js';
import { type CachedCard, type CardCache, isCachedCard } from './card-cache.js';
import type { CardReading } from './card-reading.js';
import type { Channel } from './channel.js';
import { openChannel } from './open-channel.js';
import { parseProfile } from './parse-profile.js';
import { readCard } from './read-card.js';

const folder = new URL('../../plugins/', import.meta.url);
const files = ['citizen-v3.0', 'citizen-v3.1', 'citizen-v4', 'organisation'].map(
  (name) => `fineid/profiles/fineid-${name}.json`,
);
const profiles = [...files, 'myeid/profiles/myeid.json'].map((path) =>
  parseProfile(JSON.parse(readFileSync(new URL(path, folder), 'utf8')), path),
);

/** A cache that forgets nothing, newest first. */
function memory(): CardCache & { readonly kept: CachedCard[] } {
  const kept: CachedCard[] = [];
  return {
    kept,
    find: (profile, length, head) => kept.find((card) => isCachedCard(card, profile, length, head)),
    keep: (card) => kept.unshift(card),
  };
}

interface Read {
  readonly reading: CardReading;
  readonly channel: Channel;
  readonly apdus: () => number;
}

async function read(card: SimulatedCard, cache?: CardCache): Promise<Read> {
  const atr = card.powerOn();
  const before = card.counters.apdus;
  const channel = openChannel((apdu) => card.transmit(apdu), card.protocol);
  const reading = await readCard(channel, { reader: 'R', id: 'C', atr, profiles, ...(cache && { cache }) });
  return { reading, channel, apdus: () => card.counters.apdus - before };
}

const sizes = (card: SimulatedCard, cache: CachedCard): number[] => {
  expect(card.atr.length).toBeGreaterThan(0);
  return cache.certificates.map(({ der }) => der.length);
};

describe('Commands from insertion to a state', () => {
  const variants: readonly CardOptions[] = [{}, { version: 'v4.1' }, { certificates: 'small' }];

  it.each(variants)('of a citizen card that is new to us: %j', async (options) => {
    const card = createCard('fineid-v4', 'normal', options);
    const cache = memory();
    const { reading, apdus } = await read(card, cache);
    expect(reading.status).toBe('ready');
    const [first = 0, second = 0] = sizes(card, cache.kept[0]!);
    const budget = 2 + 2 + (1 + Math.ceil(first / 256)) + (1 + Math.ceil(second / 256));
    expect(apdus()).toBe(budget);
    expect(card.counters.presentations).toBe(0);
  });

  it.each(['fineid-v4', 'fineid-v3', 'fineid-org'] as const)('of a %s seen before are five', async (name) => {
    const card = createCard(name);
    const cache = memory();
    const cold = await read(card, cache);
    const warm = await read(card, cache);
    expect(warm.apdus()).toBe(5);
    expect({ ...warm.reading, complete: undefined }).toEqual({ ...cold.reading, complete: undefined });
  });

  it('then two for each certificate from the cache, and the PUK', async () => {
    const card = createCard('fineid-v4');
    const cache = memory();
    await read(card, cache);
    const { reading, channel, apdus } = await read(card, cache);
    const whole = await reading.complete!(channel);
    expect(apdus()).toBe(5 + 2 + 2);
    expect(whole.card.puk).toMatchObject({ state: 'ok', triesLeft: 5 });
    expect(whole.complete).toBeUndefined();
  });
});

describe('A card that was renewed', () => {
  it('is read whole when its first certificate is another', async () => {
    const cache = memory();
    await read(createCard('fineid-v4', 'expired'), cache);
    const { reading, apdus } = await read(createCard('fineid-v4'), cache);
    expect([reading.status, apdus() > 5, cache.kept.length]).toEqual(['ready', true, 2]);
  });

  it('shows its new second certificate after the status was told, and is remembered so', async () => {
    const card = createCard('fineid-v4');
    const cache = memory();
    await read(card, cache);
    const [first, second] = cache.kept[0]!.certificates;
    const changed = second!.der.slice();
    changed[20]! ^= 1;
    cache.kept[0] = { ...cache.kept[0]!, certificates: [first!, { ...second!, der: changed }] };
    const { reading, channel } = await read(card, cache);
    const before = reading.card.certificates[1]!.sha256;
    const { card: after } = await reading.complete!(channel);
    expect(after.certificates[1]!.sha256).not.toBe(before);
    expect(cache.kept[0]!.certificates[1]!.der).toEqual(second!.der);
  });
});
