import { describe, expect, it } from 'vitest';
import { presentPin1, readyCard } from '../../test/contracts/card-world.js';
import type { CardSession } from './card-access.js';

const pin1 = 0x11;

describe('one card, one use at a time', () => {
  it('uses wait for each other, each with the application selected and in a transaction of its own', async () => {
    const { world, card, chip } = await readyCard();
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

  it('a use hears that somebody else wants the card; where others would be refused, from its beginning', async () => {
    const { world, card } = await readyCard();
    const heard: boolean[] = [];
    await new Promise<void>((begun) => {
      void world.service.use(card.id, async ({ wanted }) => {
        heard.push(wanted.aborted);
        begun();
        await new Promise((resolve) => wanted.addEventListener('abort', resolve));
      });
    });
    await world.service.use(card.id, async ({ wanted }) => void heard.push(wanted.aborted));
    const connect = world.simulated.connect.bind(world.simulated);
    world.simulated.connect = async (reader) => Object.assign(await connect(reader), { refusesOthers: true });
    await world.service.use(card.id, async ({ wanted }) => void heard.push(wanted.aborted));
    expect(heard).toEqual([false, false, true]);
  });

  it('a use that fails does not stop the next', async () => {
    const { world, card } = await readyCard();
    const failing = world.service.use(card.id, () => Promise.reject(new Error('mine')));
    const next = world.service.use(card.id, async () => 'done');
    await expect(failing).rejects.toThrow('mine');
    expect(await next).toBe('done');
  });

  it('another program that resets the card between our connecting and beginning is not noticed', async () => {
    const { world, card } = await readyCard();
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
    const { world, card } = await readyCard();
    await world.quiet(card);
    const foreign = world.simulated.foreignTransaction('R');
    await foreign.begun;
    await expect(world.service.use(card.id, async () => 'never')).rejects.toMatchObject({ code: 'reader-busy' });
    expect(world.simulated.connections).toBe(0);
    foreign.end();
    expect(await world.service.use(card.id, async () => 'used')).toBe('used');
  });

  it('a reset by another program before a PIN is presented starts the use once more', async () => {
    const { world, card, chip } = await readyCard();
    let runs = 0;
    const value = await world.service.use(card.id, async (session) => {
      if (++runs === 1) chip.inject({ at: 1, kind: 'reset-before' });
      return (await session.channel.send({ cla: 0, ins: 0x20, p1: 0, p2: pin1 })).status;
    });
    expect([runs, value]).toEqual([2, 0x63c5]);
  });

  it('twice is once too often', async () => {
    const { world, card, chip } = await readyCard();
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
      const { world, card, chip } = await readyCard();
      let runs = 0;
      const use = world.service.use(card.id, async (session) => {
        runs++;
        if (how === 'said') session.presenting();
        else await presentPin1(session, '1234', true);
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
    const { world, card } = await readyCard();
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

  it('a reader that is busy refuses the use and nothing is sent', async () => {
    const { world, card, chip } = await readyCard();
    await world.quiet(card);
    const from = chip.log.length;
    const foreign = world.simulated.foreignExclusive('R');
    await expect(world.service.use(card.id, async () => 'never')).rejects.toMatchObject({ code: 'reader-busy' });
    foreign.end();
    expect(chip.log.length).toBe(from);
    expect(await world.service.use(card.id, async () => 'again')).toBe('again');
  });
});
