import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../card/bytes.js';
import { VirtualClock } from './clock.js';
import { createCard, restoreCard } from './create-card.js';
import { CardLost } from './fault.js';
import { cardNames } from './personality.js';
import type { SimulatedCard } from './simulated-card.js';

const aid = '00a4040c0ca000000063504b43532d3135';
const wrong = '002000110c313131310000000000000000';
const right = '002000110c313233340000000000000000';

const send = async (card: SimulatedCard, hex: string): Promise<string> => toHex(await card.transmit(fromHex(hex)));

function inserted(name: (typeof cardNames)[number] = 'fineid-v4'): SimulatedCard {
  const card = createCard(name);
  card.powerOn();
  return card;
}

describe('any bytes', () => {
  const header = fc.tuple(
    fc.constantFrom(0x00, 0x10, 0x80, 0xff),
    fc.constantFrom(0xa4, 0xb0, 0xc0, 0x20, 0x24, 0x2c, 0x22, 0x2a, 0xca, 0xcb, 0x2e, 0x84, 0x0c),
    fc.nat(255),
    fc.nat(255),
  );
  const apdu = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(header, fc.uint8Array({ maxLength: 40 })).map(([head, rest]) => Uint8Array.of(...head, ...rest)),
    fc
      .tuple(header, fc.uint8Array({ maxLength: 40 }))
      .map(([head, body]) => Uint8Array.of(...head, body.length, ...body)),
  );

  it.each(cardNames)('%s answers every one with a status word and goes on', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(apdu, { maxLength: 8 }), async (commands) => {
        const card = inserted(name);
        await send(card, aid);
        for (const command of commands) {
          const answer = await card.transmit(command);
          expect(answer.length).toBeGreaterThanOrEqual(2);
          expect([0x61, 0x62, 0x63, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x90]).toContain(answer.at(-2));
        }
        expect(await send(card, aid)).toBe('9000');
      }),
      { numRuns: 300 },
    );
  });

  it('the same commands give the same answers, counters and tries', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cardNames), fc.array(apdu, { maxLength: 12 }), async (name, commands) => {
        const [one, other] = [inserted(name), inserted(name)];
        for (const command of commands) {
          expect(toHex(await one.transmit(command))).toBe(toHex(await other.transmit(command)));
        }
        expect(one.counters).toEqual(other.counters);
        expect(one.snapshot()).toBe(other.snapshot());
      }),
      { numRuns: 100 },
    );
  });
});

describe('faults', () => {
  it('removed before the command: nothing is done', async () => {
    const card = inserted();
    await send(card, aid);
    card.inject({ at: 2, kind: 'removed-before' });
    expect(await send(card, '00200011')).toBe('63c5');
    await expect(send(card, wrong)).rejects.toMatchObject({ name: 'CardLost', kind: 'removed' });
    expect(card.counters.presentations).toBe(0);
    expect(await send(card, '00200011')).toBe('63c5');
    expect(card.faultsLeft).toBe(0);
  });

  it('executed and reply lost: the try is spent', async () => {
    const card = inserted();
    card.inject({ at: 1, ins: 0x20, kind: 'executed-reply-lost' });
    expect(await send(card, aid)).toBe('9000');
    await expect(send(card, wrong)).rejects.toThrow(CardLost);
    expect(card.counters.presentations).toBe(1);
    expect(await send(card, '00200011')).toBe('63c4');
  });

  it('reset before the command: it is not done, and what was verified is forgotten', async () => {
    const card = inserted();
    await send(card, aid);
    await send(card, right);
    card.inject({ at: 1, kind: 'reset-before' });
    await expect(send(card, wrong)).rejects.toMatchObject({ kind: 'reset' });
    expect(card.isVerified(0x11)).toBe(false);
    expect(card.counters).toEqual({ apdus: 3, getResponses: 0, presentations: 1, resets: 1 });
  });

  it('wrong status words come instead of the command, or after it', async () => {
    const card = inserted();
    await send(card, aid);
    card.inject({ at: 1, kind: 'status', status: 0x6f00 });
    card.inject({ at: 2, kind: 'status', status: 0x9000, executed: true });
    expect([await send(card, wrong), await send(card, wrong)]).toEqual(['6f00', '9000']);
    expect(card.counters.presentations).toBe(1);
  });

  it('a slow answer waits for the clock, and a card pulled meanwhile has not done it', async () => {
    const clock = new VirtualClock();
    const card = createCard('fineid-v4', 'normal', { clock });
    card.powerOn();
    card.inject({ at: 1, kind: 'slow', milliseconds: 500 });
    const answers: string[] = [];
    const slow = send(card, '00200011').then((answer) => answers.push(answer));
    clock.advance(499);
    await Promise.resolve();
    expect(answers).toEqual([]);
    clock.advance(1);
    await slow;
    expect(answers).toEqual(['63c5']);
    card.inject({ at: 1, kind: 'slow', milliseconds: 500 });
    const lost = send(card, wrong);
    card.powerOff();
    clock.advance(500);
    await expect(lost).rejects.toMatchObject({ kind: 'removed' });
    expect(card.counters.presentations).toBe(0);
  });
});

describe('the log', () => {
  it('shows every exchange and of a PIN neither value nor length', async () => {
    const card = inserted('fineid-org');
    const heard: string[] = [];
    const hearing = card.listen(({ command, response }) => heard.push(`${command} ${response}`));
    for (const hex of [
      '00200003',
      '002000030431323334',
      '1020000302 3132',
      '00240003063132333435 36',
      '0021000304',
      '002c020301',
      '00b0000000',
    ]) {
      await send(card, hex);
    }
    hearing.dispose();
    await send(card, aid);
    expect(heard).toEqual([
      '00200003 63c5',
      '00200003 (secret) 9000',
      '10200003 (secret) 9000',
      '00240003 (secret) 6a80',
      '0021000304 6d00',
      '002c020301 6700',
      '00b0000000 6986',
    ]);
    expect(card.log.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(JSON.stringify(card.log)).not.toContain('3132');
  });
});

describe('a snapshot', () => {
  it('is the whole card: tries, values and what was changed, though not what was verified', async () => {
    const card = inserted();
    await send(card, aid);
    await send(card, wrong);
    await send(card, `002c008218${'31323334353637380000000000'.slice(0, 24)}${'393939393939000000000000'}`);
    await send(card, right);
    await send(card, wrong);
    const again = restoreCard(card.snapshot());
    again.powerOn();
    expect(again.snapshot()).toBe(card.snapshot());
    await send(again, aid);
    expect(await send(again, '00200011')).toBe('63c4');
    expect(await send(again, '002000820c393939393939000000000000')).toBe('9000');
    card.restore(again.snapshot());
    expect(card.counters.apdus).toBe(0);
  });

  it('of nothing is refused', () => {
    for (const text of [
      '',
      '{}',
      'null',
      '{"version":1,"origin":{},"pins":{}}',
      '{"version":1,"origin":{"name":"myeid","state":"normal"},"pins":{"1":{}}}',
    ]) {
      expect(() => restoreCard(text)).toThrow(expect.objectContaining({ code: 'card-malformed' }));
    }
  });

  it('is asked for whenever the chip has changed, before the answer leaves it', async () => {
    const card = inserted();
    await send(card, aid);
    const seen: string[] = [];
    card.watch(() => seen.push(card.snapshot()));
    card.inject({ at: 2, kind: 'executed-reply-lost' });
    await send(card, '00200011');
    await expect(send(card, wrong)).rejects.toThrow(CardLost);
    expect(seen).toEqual([card.snapshot()]);
    expect(seen[0]).toContain('"triesLeft":4');
  });
});
