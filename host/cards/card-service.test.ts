import { type Failure, isFailure, type Log } from '@sigill/core';
import type { Pcsc, PcscService } from '@sigill/core/card';
import { createCard, type SimulatedCard } from '@sigill/core/sim';
import { describe, expect, it } from 'vitest';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { bundledProfiles, CardWorld, noCache } from '../../test/contracts/card-world.js';
import type { CardSession } from './card-access.js';
import { CardService } from './card-service.js';

const pin1 = 0x11;

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

describe('trouble while a card is read', () => {
  it('another program that resets it is met by reading again', async () => {
    const world = new CardWorld();
    const card = createCard('fineid-v4', 'normal');
    card.inject({ at: 3, kind: 'reset-before' });
    card.inject({ at: 9, kind: 'reset-before' });
    world.simulated.insert('R', card);
    await world.reader('R', ({ state }) => state === 'ready');
    expect(world.clock.pauses).toEqual([50, 200]);
  });

  it('a reset at every command ends in an error, after a bounded number of attempts', async () => {
    const world = new CardWorld();
    const card = createCard('fineid-v4', 'normal');
    for (let at = 1; at <= 20; at++) card.inject({ at, kind: 'reset-before' });
    world.simulated.insert('R', card);
    const reader = await world.reader('R', ({ state }) => state === 'error');
    expect(reader.failure).toEqual({ code: 'card-reset', facts: { reader: 'R' } });
    expect(card.counters.apdus).toBe(5);
  });

  it('a card that another program keeps is busy, and read as soon as it is free', async () => {
    const world = new CardWorld();
    const foreign = world.simulated.foreignExclusive('R');
    world.simulated.insert('R', createCard('fineid-v4', 'normal'));
    const busy = await world.reader('R', ({ state }) => state === 'error');
    expect(busy).toMatchObject({ busy: true, failure: { code: 'reader-busy' } });
    foreign.end();
    expect(await world.reader('R', ({ state }) => state === 'ready')).not.toHaveProperty('busy');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'pulled out at command %i, its reader is empty and no connection is left',
    async (at) => {
      const world = new CardWorld();
      const card = createCard('fineid-v4', 'normal');
      card.inject({ at, kind: 'removed-before' });
      world.simulated.insert('R', card);
      await world.reader('R', ({ state }) => state === 'reading');
      await world.reader('R', ({ state }) => state === 'empty');
      await settled();
      expect(world.simulated.connections).toBe(0);
      expect(world.events.filter(({ kind }) => kind === 'state-changed').at(-1)).toMatchObject({ state: 'empty' });
    },
  );
});

describe('one card, one use at a time', () => {
  it('uses wait for each other, each with the application selected and in a transaction of its own', async () => {
    const { world, card, chip } = await ready();
    const order: string[] = [];
    const use = (name: string) => async (session: CardSession) => {
      order.push(`${name} begins`);
      await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 });
      order.push(`${name} ends`);
    };
    const from = chip.log.length;
    await Promise.all([world.service.use(card.id, use('one')), world.service.use(card.id, use('two'))]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(chip.log[from]?.command).toMatch(/^00a4040c0c/);
    expect(world.simulated.connections).toBe(0);
  });

  it('a use that fails does not stop the next', async () => {
    const { world, card } = await ready();
    const failing = world.service.use(card.id, () => Promise.reject(new Error('mine')));
    const next = world.service.use(card.id, async () => 'done');
    await expect(failing).rejects.toThrow('mine');
    expect(await next).toBe('done');
  });

  it('after an accepted PIN the card has forgotten it, and nothing more was asked of the card', async () => {
    const { world, card, chip } = await ready();
    const from = chip.counters.apdus;
    await world.service.use(card.id, (session) => verify(session, '1234'));
    expect(chip.isVerified(pin1)).toBe(false);
    // Application, VERIFY, and the application again, which drops what was verified.
    expect(chip.counters.apdus - from).toBe(3);
    expect(world.service.card(card.id).pins[0]).toMatchObject({ id: 'PIN1', state: 'ok', triesLeft: 5 });
  });

  it('an accepted PIN fills its counter again, as far as one sees', async () => {
    const { world, card } = await ready();
    await world.service.use(card.id, (session) => verify(session, '9999'));
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
    await world.service.use(card.id, (session) => verify(session, '1234'));
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 5 });
  });

  it('a PIN that is locked by a use shows in the state of the reader before the use has ended', async () => {
    const { world, card, chip } = await ready();
    for (let tries = 0; tries < 5; tries++) await world.service.use(card.id, (session) => verify(session, '9999'));
    expect(world.lists.at(-1)?.[0]).toMatchObject({ state: 'pin-locked' });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ state: 'locked', triesLeft: 0 });
    expect(chip.counters.presentations).toBe(5);
  });

  it('a use that breaks after it presented a PIN leaves nothing verified', async () => {
    const { world, card, chip } = await ready();
    const broken = world.service.use(card.id, async (session) => {
      await verify(session, '1234');
      expect(chip.isVerified(pin1)).toBe(true);
      throw new Error('mine');
    });
    await expect(broken).rejects.toThrow('mine');
    expect(chip.isVerified(pin1)).toBe(false);
  });

  it('a card that does not drop what was verified is reset', async () => {
    const { world, card, chip } = await ready();
    await world.service.use(card.id, async (session) => {
      await verify(session, '1234');
      chip.inject({ at: 1, kind: 'status', status: 0x6f00 });
    });
    expect([chip.isVerified(pin1), chip.counters.resets]).toEqual([false, 1]);
  });

  it('an organisation card, which keeps what was verified, is reset after a PIN and only then', async () => {
    const { world, card, chip } = await ready('fineid-org');
    await world.service.use(card.id, async () => undefined);
    expect(chip.counters.resets).toBe(0);
    const body = Uint8Array.from(Buffer.from('1234'));
    await world.service.use(card.id, async (session) => {
      session.presenting();
      await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: 3, data: body });
      expect(chip.isVerified(3)).toBe(true);
    });
    expect([chip.isVerified(3), chip.counters.resets]).toEqual([false, 1]);
  });

  it('an organisation card is reset after a use that broke, too, and its counters are read', async () => {
    const { world, card, chip } = await ready('fineid-org');
    const use = world.service.use(card.id, async ({ channel, presenting }) => {
      presenting();
      await channel.send({ cla: 0, ins: 0x20, p1: 0, p2: 3, data: Uint8Array.from(Buffer.from('1234')) });
      await channel.send({ cla: 0, ins: 0x20, p1: 0, p2: 4, data: Uint8Array.from(Buffer.from('999999')) });
      throw new Error('mine');
    });
    await expect(use).rejects.toThrow('mine');
    expect(chip.isVerified(3)).toBe(false);
    expect(world.service.card(card.id).pins.map(({ triesLeft }) => triesLeft)).toEqual([5, 4]);
  });

  it('another program that resets the card while its counters are read after a use only delays that', async () => {
    const { world, card, chip } = await ready();
    await world.service.use(card.id, async (session) => {
      await verify(session, '9999');
      chip.inject({ at: 1, ins: 0xcb, kind: 'reset-before' });
    });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
    expect(world.simulated.connections).toBe(0);
  });

  it('another program that resets the card between our connecting and beginning is not noticed', async () => {
    const { world, card } = await ready();
    await world.quiet(card);
    const connect = world.simulated.connect.bind(world.simulated);
    world.simulated.connect = async (reader) => {
      const connection = await connect(reader);
      world.simulated.foreignReset(reader);
      return connection;
    };
    expect(await world.service.use(card.id, async () => 'used')).toBe('used');
  });

  it('another program in a transaction refuses the use, and no connection is left behind', async () => {
    const { world, card } = await ready();
    await world.quiet(card);
    const foreign = world.simulated.foreignTransaction('R');
    await foreign.begun;
    await expect(world.service.use(card.id, async () => 'never')).rejects.toMatchObject({ code: 'reader-busy' });
    expect(world.simulated.connections).toBe(0);
    foreign.end();
    expect(await world.service.use(card.id, async () => 'used')).toBe('used');
  });

  it('a reset by another program before a PIN is presented starts the use once more', async () => {
    const { world, card, chip } = await ready();
    let runs = 0;
    const value = await world.service.use(card.id, async (session) => {
      if (++runs === 1) chip.inject({ at: 1, kind: 'reset-before' });
      return (await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 })).status;
    });
    expect([runs, value]).toEqual([2, 0x63c5]);
  });

  it('twice is once too often', async () => {
    const { world, card, chip } = await ready();
    let runs = 0;
    const use = world.service.use(card.id, async (session) => {
      runs++;
      chip.inject({ at: 1, kind: 'reset-before' });
      await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 });
    });
    await expect(use).rejects.toMatchObject({ code: 'card-reset' });
    expect(runs).toBe(2);
    expect(world.simulated.connections).toBe(0);
  });

  it.each(['said', 'seen'])(
    'a reset after a PIN was presented, as %s, is told and nothing is repeated',
    async (how) => {
      const { world, card, chip } = await ready();
      let runs = 0;
      const use = world.service.use(card.id, async (session) => {
        runs++;
        if (how === 'said') session.presenting();
        else await verify(session, '1234', 'without a word');
        chip.inject({ at: 1, kind: 'reset-before' });
        await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 });
      });
      await expect(use).rejects.toMatchObject({ code: 'card-reset' });
      expect(runs).toBe(1);
      await world.quiet(card);
      expect(world.lists.at(-1)?.[0]).toMatchObject({ state: 'ready' });
    },
  );

  it('a card that is gone fails what is going on and what waits, and keeps no connection', async () => {
    const { world, card } = await ready();
    const going = world.service.use(card.id, async (session) => {
      world.simulated.remove('R');
      await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 });
    });
    const waiting = world.service.use(card.id, async () => 'never');
    await expect(going).rejects.toMatchObject({ code: 'card-removed' });
    await expect(waiting).rejects.toMatchObject({ code: 'card-removed', facts: { reader: 'R' } });
    await expect(world.service.use(card.id, async () => 'never')).rejects.toMatchObject({ code: 'card-removed' });
    expect(world.simulated.connections).toBe(0);
  });

  it('a lost answer to a PIN command is read again: the counter is the true one', async () => {
    const { world, card, chip } = await ready();
    chip.inject({ at: 1, ins: 0x20, kind: 'executed-reply-lost', then: 'error' });
    await expect(world.service.use(card.id, (session) => verify(session, '9999'))).rejects.toMatchObject({
      code: 'reader-error',
    });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
  });

  it('a reader that is busy refuses the use and nothing is sent', async () => {
    const { world, card, chip } = await ready();
    await world.quiet(card);
    const from = chip.log.length;
    const foreign = world.simulated.foreignExclusive('R');
    await expect(world.service.use(card.id, async () => 'never')).rejects.toMatchObject({ code: 'reader-busy' });
    foreign.end();
    expect(chip.log.length).toBe(from);
    expect(await world.service.use(card.id, async () => 'again')).toBe('again');
  });
});

describe('details', () => {
  it('are read once for an insertion', async () => {
    const { world, card, chip } = await ready();
    const [one, two] = await Promise.all([world.service.details(card.id), world.service.details(card.id)]);
    const read = chip.counters.apdus;
    expect(await world.service.details(card.id)).toBe(one);
    expect(two).toBe(one);
    expect(one.caCertificates.length).toBeGreaterThan(0);
    expect(chip.counters.apdus).toBe(read);
  });

  it('that failed are read again when asked again', async () => {
    const { world, card, chip } = await ready();
    await world.quiet(card);
    chip.inject({ at: 4, kind: 'reset-before' });
    await expect(world.service.details(card.id)).rejects.toSatisfy((error) =>
      isFailure(error as Failure, 'card-reset'),
    );
    expect((await world.service.details(card.id)).keys.length).toBeGreaterThan(0);
  });

  it('of a card that is gone are refused', async () => {
    const { world, card } = await ready();
    world.simulated.remove('R');
    await expect(world.service.details(card.id)).rejects.toMatchObject({ code: 'card-removed' });
  });
});

describe('the end', () => {
  it('after dispose nothing is told any more and no connection is kept', async () => {
    const { world } = await ready();
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

async function ready(name: 'fineid-v4' | 'fineid-org' = 'fineid-v4') {
  const world = new CardWorld();
  const chip: SimulatedCard = createCard(name, 'normal');
  world.simulated.insert('R', chip);
  const { card } = await world.reader('R', ({ card: read }) => read?.puk !== undefined);
  if (!card) throw new Error('no card');
  return { world, chip, card };
}

async function verify(session: CardSession, pin: string, silent?: string): Promise<void> {
  if (!silent) session.presenting();
  const data = Uint8Array.from(Buffer.from(pin.padEnd(12, '\0')));
  await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1, data });
}

/** A turn of everything that was ready to go on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}
