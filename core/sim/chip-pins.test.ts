import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../card/bytes.js';
import type { CardState } from './card-state.js';
import { createCard } from './create-card.js';
import type { CardName } from './personality.js';
import type { SimulatedCard } from './simulated-card.js';

const aid = '00a4040c0ca000000063504b43532d3135';

interface Talk {
  readonly card: SimulatedCard;
  say(hex: string): Promise<string>;
}

async function inserted(name: CardName, state?: CardState): Promise<Talk> {
  const card = createCard(name, state);
  card.powerOn();
  const say = async (hex: string): Promise<string> => toHex(await card.transmit(fromHex(hex)));
  await say(aid);
  return { card, say };
}

const ascii = (digits: string): string => toHex(new TextEncoder().encode(digits));
const block = (digits: string, length = 12, pad = '00'): string => ascii(digits).padEnd(2 * length, pad);
const command = (head: string, ...parts: readonly string[]): string => {
  const body = parts.join('');
  return `${head}${(body.length / 2).toString(16).padStart(2, '0')}${body}`;
};

describe('PINs of a citizen card', () => {
  it('five wrong ones count down and lock it, then even the right one answers 6983', async () => {
    const { card, say } = await inserted('fineid-v4');
    const answers = [];
    for (const digits of ['1111', '1111', '1111', '1111', '1111', '1111', '1234']) {
      answers.push(await say(command('00200011', block(digits))));
    }
    expect(answers).toEqual(['63c4', '63c3', '63c2', '63c1', '63c0', '6983', '6983']);
    expect(card.counters.presentations).toBe(5);
  });

  it('a right one sets the counter back and is remembered until the application is selected anew', async () => {
    const { card, say } = await inserted('fineid-v4');
    expect(await say(command('00200011', block('9999')))).toBe('63c4');
    expect(await say(command('00200011', block('1234')))).toBe('9000');
    expect(await say('00200011')).toBe('9000');
    // A path below the application changes nothing (cards.md §8).
    expect(await say('00a4080c043f005015')).toBe('9000');
    expect(await say('00200011')).toBe('9000');
    await say(aid);
    expect(await say('00200011')).toBe('63c5');
    await say(command('00200011', block('1234')));
    card.reset();
    await say(aid);
    expect(await say('00200011')).toBe('63c5');
  });

  it('wrong block lengths answer 6700, other padding 6A80, unknown references 6A88: no try is spent', async () => {
    const { card, say } = await inserted('fineid-v4');
    expect(await say(command('00200011', ascii('1234')))).toBe('6700');
    expect(await say(command('00200011', block('1234', 12, 'ff')))).toBe('6a80');
    expect(await say(command('00200011', block('1234', 13)))).toBe('6700');
    expect(await say(command('00200012', block('1234')))).toBe('6a88');
    expect(await say(command('00240011', block('1234'), ascii('5555')))).toBe('6700');
    expect(await say(command('00240011', block('1234'), block('555')))).toBe('6a80');
    expect(await say(command('002c0111', block('12345678'), block('5555')))).toBe('6a86');
    expect(await say('00200011')).toBe('63c5');
    expect(card.counters.presentations).toBe(0);
  });

  it('the local ones are unknown before the application is selected', async () => {
    const card = createCard('fineid-v4');
    card.powerOn();
    const say = async (hex: string): Promise<string> => toHex(await card.transmit(fromHex(hex)));
    expect([await say('00200011'), await say('00200082'), await say('00200083')]).toEqual(['63c5', '6a88', '6a88']);
  });

  it('a change sets the new value and the counter, and forgets what was verified', async () => {
    const { say } = await inserted('fineid-v4');
    await say(command('00200011', block('1234')));
    expect(await say(command('00240011', block('4321'), block('777777')))).toBe('63c4');
    expect(await say(command('00240011', block('1234'), block('777777')))).toBe('9000');
    expect(await say('00200011')).toBe('63c5');
    expect(await say(command('00200011', block('1234')))).toBe('63c4');
    expect(await say(command('00200011', block('777777')))).toBe('9000');
    expect(await say(command('00240011', block('777777'), block('777777')))).toBe('6985');
  });

  it('the PUK opens a locked one; wrong PUKs count down and lock the card for good', async () => {
    const { card, say } = await inserted('fineid-v4', 'pin1-locked');
    expect(await say(command('002c0011', block('00000000'), block('5555')))).toBe('63c4');
    expect(await say('00200011')).toBe('6983');
    expect(await say(command('002c0011', block('12345678'), block('5555')))).toBe('9000');
    expect(await say(command('00200011', block('5555')))).toBe('9000');
    const answers = [];
    for (let time = 0; time < 6; time++) answers.push(await say(command('002c0011', block('87654321'), block('6666'))));
    expect(answers).toEqual(['63c4', '63c3', '63c2', '63c1', '63c0', '6983']);
    expect(await say(command('002c0011', block('12345678'), block('6666')))).toBe('6983');
    expect(card.counters.presentations).toBe(8);
  });

  it('scheme A: the PUK sets each PIN once; a PIN without value cannot be verified or changed', async () => {
    const { say } = await inserted('fineid-v4', 'new-a');
    expect(await say(command('00200011', block('12345678')))).toBe('6984');
    expect(await say(command('00240011', block('12345678'), block('1234')))).toBe('6984');
    expect(await say(command('002c0011', block('12345678'), block('1234')))).toBe('9000');
    expect([await say('00200011'), await say('00200082')]).toEqual(['63c5', '6984']);
    expect(await say(command('002c0082', block('12345678'), block('123456')))).toBe('9000');
    expect([await say('00200011'), await say('00200082')]).toEqual(['63c5', '63c5']);
  });

  it('scheme B: the single-use PIN is changed on each PIN', async () => {
    const { card, say } = await inserted('fineid-v4', 'new-b');
    expect(await say(command('00240011', block('1234567'), block('1234')))).toBe('9000');
    expect(await say(command('00240011', block('1234567'), block('1234')))).toBe('63c4');
    expect(await say(command('00240082', block('1234567'), block('123456')))).toBe('9000');
    expect([...card.pins.values()].map(({ changed }) => changed)).toEqual([true, true, false]);
  });
});

describe('PINs of an organisation card', () => {
  it('go as typed, stay verified over selections, and are lost at a reset', async () => {
    const { card, say } = await inserted('fineid-org');
    expect(await say(command('00200003', ascii('1234')))).toBe('9000');
    expect(await say(command('00200004', block('123456')))).toBe('6700');
    await say(aid);
    expect(await say('00200003')).toBe('9000');
    card.reset();
    expect(await say('00200003')).toBe('63c5');
  });

  it('scheme C: the PUK is verified, then each PIN is set with P1=02', async () => {
    const { say } = await inserted('fineid-org', 'new-a');
    expect(await say(command('002c0203', ascii('1234')))).toBe('6982');
    expect(await say(command('00200012', ascii('11111111')))).toBe('63c4');
    expect(await say(command('00200012', ascii('12345678')))).toBe('9000');
    expect(await say(command('002c0003', ascii('12345678'), ascii('1234')))).toBe('6a86');
    expect(await say(command('002c0203', ascii('123')))).toBe('6a80');
    expect(await say(command('002c0203', ascii('1234')))).toBe('9000');
    expect(await say(command('002c0204', ascii('123456')))).toBe('9000');
    expect([await say('00200003'), await say('00200004')]).toEqual(['63c5', '63c5']);
  });

  it('a change is split by the length of the present value; the PUK cannot be changed', async () => {
    const { say } = await inserted('fineid-org');
    expect(await say(command('00240003', ascii('1234'), ascii('55555')))).toBe('9000');
    expect(await say(command('00240003', ascii('55555'), ascii('123')))).toBe('6a80');
    expect(await say(command('00240003', ascii('5555'), ascii('1234')))).toBe('63c4');
    expect(await say(command('00240003', ascii('66'), ascii('1')))).toBe('63c3');
    expect(await say(command('00240012', ascii('12345678'), ascii('87654321')))).toBe('6982');
  });
});

describe('PINs of other cards', () => {
  it('siths-like: three tries, six digits, ten tries of the PUK', async () => {
    const { say } = await inserted('siths-like');
    const wrong = command('00200081', block('000000', 8));
    expect([await say(wrong), await say(wrong), await say(wrong), await say(wrong)]).toEqual([
      '63c2',
      '63c1',
      '63c0',
      '6983',
    ]);
    expect(await say(command('002c0081', block('00000000', 8), block('111111', 8)))).toBe('63c9');
    expect(await say(command('002c0081', block('12345678', 8), block('1111', 8)))).toBe('6a80');
    expect(await say(command('002c0081', block('12345678', 8), block('111111', 8)))).toBe('9000');
  });

  it('myeid: eight bytes filled with FF, dropped by 00 2E', async () => {
    const { say } = await inserted('myeid');
    expect(await say(command('00200001', block('1234', 8, '00')))).toBe('6a80');
    expect(await say(command('00200001', block('1234', 8, 'ff')))).toBe('9000');
    await say(aid);
    expect(await say('00200001')).toBe('9000');
    expect(await say('002e0000')).toBe('9000');
    expect(await say('00200001')).toBe('63c5');
  });
});
