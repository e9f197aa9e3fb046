import type { Log } from '@sigill/core';
import type { Pcsc, PcscService } from '@sigill/core/card';
import { createCard } from '@sigill/core/sim';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { bundledProfiles, CardWorld, noCache, readyCard, settled } from '../../test/contracts/card-world.js';
import { CardService } from './card-service.js';

describe('readers and cards', () => {
  it('a card is first being read, then in its state, and everybody is told once', async () => {
    const world = new CardWorld();
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    await world.reader('R', ({ state }) => state === 'ready');
    expect(world.lists.map((list) => list.map(({ state }) => state).join())).toEqual(['empty', 'reading', 'ready']);
    expect(world.events).toEqual([
      { kind: 'card-inserted', reader: 'R' },
      { kind: 'state-changed', reader: 'R', state: 'reading' },
      { kind: 'state-changed', reader: 'R', state: 'ready' },
    ]);
  });

  it('what could wait comes after the state: the tries of the PUK', async () => {
    const world = new CardWorld();
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    const first = await world.card();
    expect(first.puk).toBeUndefined();
    const later = await world.reader('R', ({ card }) => card?.puk !== undefined);
    expect(later.card).toMatchObject({ id: first.id, puk: { triesLeft: 5 } });
  });

  it('readers come and go, and take their cards along', async () => {
    const world = new CardWorld([]);
    world.simulated.addReader('R');
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    const card = await world.card();
    world.simulated.removeReader('R');
    expect(world.events.filter(({ kind }) => kind !== 'state-changed')).toEqual([
      { kind: 'reader-arrived', reader: 'R' },
      { kind: 'card-inserted', reader: 'R' },
      { kind: 'card-removed', reader: 'R' },
      { kind: 'reader-left', reader: 'R' },
    ]);
    expect(world.lists.at(-1)).toEqual([]);
    expect(() => world.service.card(card.id)).toThrow(expect.objectContaining({ code: 'card-removed' }));
  });

  it('a service that stops and starts gives the same card another id', async () => {
    const world = new CardWorld();
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    const before = await world.card();
    world.simulated.stopService();
    expect(world.lists.at(-1)).toEqual([]);
    world.simulated.startService();
    expect((await world.card()).id).not.toBe(before.id);
  });

  it('a card swapped so quickly that its reader never was empty is another card', async () => {
    const world = new CardWorld();
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    const before = await world.card();
    const told = new Subject<PcscService>();
    const swapping = new CardService({ ...portOf(world), service: told }, bundledProfiles, noCache, silent);
    const ids: unknown[] = [];
    swapping.readers.subscribe(([reader]) => reader?.card && ids.push(reader.card.id));
    for (const insertion of [7, 7, 8]) {
      told.next({ available: true, readers: [{ name: 'R', insertion, atr: Uint8Array.of(0x3b) }] });
      await firstValueFrom(swapping.readers.pipe(filter(([reader]) => reader?.card?.puk !== undefined)));
    }
    expect(new Set([...ids, before.id]).size).toBe(3);
    swapping.dispose();
  });

  it('two cards are read at the same time, each in its reader', async () => {
    const world = new CardWorld(['A', 'B']);
    world.simulated.insert('A', createCard('fineid-v4', 'normal'));
    world.simulated.insert('B', createCard('fineid-org', 'new-a'));
    await world.reader('A', ({ state }) => state === 'ready');
    await world.reader('B', ({ state }) => state === 'not-activated');
    const both = world.lists.find((list) => list.every(({ state }) => state === 'reading'));
    expect(both).toHaveLength(2);
  });

  it('a mute card is an error of its reader, and a later one is read', async () => {
    const world = new CardWorld();
    world.simulated.insert('R', createCard('fineid-v4', 'normal'), { mute: true });
    expect(await world.reader('R', ({ state }) => state === 'error')).toMatchObject({
      failure: { code: 'reader-error' },
    });
    world.simulated.remove('R');
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    await world.reader('R', ({ state }) => state === 'ready');
  });

  it('a card that nobody knows is told with its answer to reset', async () => {
    const world = new CardWorld();
    const card = createCard('fineid-v4', 'normal');
    for (let at = 1; at <= 200; at++) card.inject({ at, kind: 'status', status: 0x6a82 });
    world.simulated.insert('R', card);
    const { failure } = await world.reader('R', ({ state }) => state === 'unrecognised');
    expect(failure).toEqual({
      code: 'card-unrecognised',
      facts: { reader: 'R', atr: '3b7f9600008031b865b085050011122460829000' },
    });
  });
});

describe('the end', () => {
  it('after dispose nothing is told any more and no connection is kept', async () => {
    const { world } = await readyCard();
    const told = world.lists.length;
    world.service.dispose();
    world.service.dispose();
    world.simulated.remove('R');
    await settled();
    expect(world.lists.length).toBe(told);
    expect(world.simulated.connections).toBe(0);
  });
});

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

function portOf({ simulated }: CardWorld): Pcsc {
  return { service: simulated.service, connect: (reader) => simulated.connect(reader), close: () => simulated.close() };
}
