import { describe, expect, it } from 'vitest';
import { presentPin1, readyCard } from '../../test/contracts/card-world.js';

const pin1 = 0x11;

describe('after a use the card has forgotten what was verified, and its state is the true one', () => {
  it('after an accepted PIN the card has forgotten it, and nothing more was asked of the card', async () => {
    const { world, card, chip } = await readyCard();
    const from = chip.counters.apdus;
    await world.service.use(card.id, (session) => presentPin1(session, '1234'));
    expect(chip.isVerified(pin1)).toBe(false);
    // Application, VERIFY, and the application again, which drops what was verified.
    expect(chip.counters.apdus - from).toBe(3);
    expect(world.service.card(card.id).pins[0]).toMatchObject({ id: 'PIN1', state: 'ok', triesLeft: 5 });
  });

  it('an accepted PIN fills its counter again, as far as one sees', async () => {
    const { world, card } = await readyCard();
    await world.service.use(card.id, (session) => presentPin1(session, '9999'));
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
    await world.service.use(card.id, (session) => presentPin1(session, '1234'));
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 5 });
  });

  it('a PIN that is locked by a use shows in the state of the reader before the use has ended', async () => {
    const { world, card, chip } = await readyCard();
    for (let tries = 0; tries < 5; tries++) await world.service.use(card.id, (session) => presentPin1(session, '9999'));
    expect(world.lists.at(-1)?.[0]).toMatchObject({ state: 'pin-locked' });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ state: 'locked', triesLeft: 0 });
    expect(chip.counters.presentations).toBe(5);
  });

  it('a use that breaks after it presented a PIN leaves nothing verified', async () => {
    const { world, card, chip } = await readyCard();
    const broken = world.service.use(card.id, async (session) => {
      await presentPin1(session, '1234');
      expect(chip.isVerified(pin1)).toBe(true);
      throw new Error('mine');
    });
    await expect(broken).rejects.toThrow('mine');
    expect(chip.isVerified(pin1)).toBe(false);
  });

  it('a card that does not drop what was verified is reset', async () => {
    const { world, card, chip } = await readyCard();
    await world.service.use(card.id, async (session) => {
      await presentPin1(session, '1234');
      chip.inject({ at: 1, kind: 'status', status: 0x6f00 });
    });
    expect([chip.isVerified(pin1), chip.counters.resets]).toEqual([false, 1]);
  });

  it('an organisation card, which keeps what was verified, is reset after a PIN and only then', async () => {
    const { world, card, chip } = await readyCard('fineid-org');
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
    const { world, card, chip } = await readyCard('fineid-org');
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
    const { world, card, chip } = await readyCard();
    await world.service.use(card.id, async (session) => {
      await presentPin1(session, '9999');
      chip.inject({ at: 1, ins: 0xcb, kind: 'reset-before' });
    });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
    expect(world.simulated.connections).toBe(0);
  });

  it('a lost answer to a PIN command is read again: the counter is the true one', async () => {
    const { world, card, chip } = await readyCard();
    chip.inject({ at: 1, ins: 0x20, kind: 'executed-reply-lost', then: 'error' });
    await expect(world.service.use(card.id, (session) => presentPin1(session, '9999'))).rejects.toMatchObject({
      code: 'reader-error',
    });
    expect(world.service.card(card.id).pins[0]).toMatchObject({ triesLeft: 4 });
  });
});
