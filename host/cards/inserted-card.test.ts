import { type Failure, isFailure } from '@sigill/core';
import { createCard } from '@sigill/core/sim';
import { describe, expect, it } from 'vitest';
import { CardWorld, readyCard, settled } from '../../test/contracts/card-world.js';

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

describe('details', () => {
  it('are read once for an insertion', async () => {
    const { world, card, chip } = await readyCard();
    const [one, two] = await Promise.all([world.service.details(card.id), world.service.details(card.id)]);
    const read = chip.counters.apdus;
    expect(await world.service.details(card.id)).toBe(one);
    expect(two).toBe(one);
    expect(one.caCertificates.length).toBeGreaterThan(0);
    expect(chip.counters.apdus).toBe(read);
  });

  it('that failed are read again when asked again', async () => {
    const { world, card, chip } = await readyCard();
    await world.quiet(card);
    chip.inject({ at: 4, kind: 'reset-before' });
    await expect(world.service.details(card.id)).rejects.toSatisfy((error) =>
      isFailure(error as Failure, 'card-reset'),
    );
    expect((await world.service.details(card.id)).keys.length).toBeGreaterThan(0);
  });

  it('of a card that is gone are refused', async () => {
    const { world, card } = await readyCard();
    world.simulated.remove('R');
    await expect(world.service.details(card.id)).rejects.toMatchObject({ code: 'card-removed' });
  });
});
