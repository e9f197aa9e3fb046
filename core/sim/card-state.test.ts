import { describe, expect, it } from 'vitest';
import { isFailure } from '../failure.js';
import { fromHex, toHex } from '../card/bytes.js';
import { type CardState, cardStates } from './card-state.js';
import { createCard, parseCardName, personalities } from './create-card.js';
import { cardNames } from './personality.js';

const aid = '00a4040c0ca000000063504b43532d3135';

/** The empty VERIFY of PIN1, PIN2 and PUK. */
const probes = {
  'fineid-v4': ['11', '82', '83'],
  'fineid-v3': ['11', '82', '83'],
  'fineid-org': ['03', '04', '12'],
  'siths-like': ['81', '82', '83'],
  myeid: ['01', '02', '03'],
} as const;

const five: Readonly<Record<CardState, readonly string[]>> = {
  'new-a': ['6984', '6984', '63c5'],
  'new-b': ['63c5', '63c5', '63c5'],
  half: ['63c5', '6984', '63c5'],
  normal: ['63c5', '63c5', '63c5'],
  'pin1-locked': ['6983', '63c5', '63c5'],
  'puk-last-try': ['6983', '63c5', '63c1'],
  'puk-locked': ['6983', '63c5', '6983'],
  expired: ['63c5', '63c5', '63c5'],
};

const activated: readonly CardState[] = ['normal', 'pin1-locked', 'puk-last-try', 'puk-locked', 'expired'];

describe('a simulated card in a state', () => {
  it('offers the states that its kind can be in', () => {
    const offered = Object.fromEntries(cardNames.map((name) => [name, [...personalities[name].states].sort()]));
    const some = [...activated, 'new-a', 'half'].sort();
    const all = [...cardStates].sort();
    const few = [...activated].sort();
    expect(offered).toEqual({
      'fineid-v4': all,
      'fineid-v3': some,
      'fineid-org': some,
      'siths-like': few,
      myeid: few,
    });
  });

  const cases = cardNames.flatMap((name) => personalities[name].states.map((state) => [name, state] as const));

  it.each(cases)('%s %s answers the empty VERIFY of each PIN, and that costs nothing', async (name, state) => {
    const card = createCard(name, state);
    card.powerOn();
    await card.transmit(fromHex(aid));
    const answers = [];
    for (const reference of [...probes[name], ...probes[name]]) {
      answers.push(toHex(await card.transmit(fromHex(`002000${reference}`))));
    }
    const tries = name === 'siths-like' ? ['3', '3', 'a'] : ['5', '5', '5'];
    const expected = five[state].map((word, at) => word.replace(/(?<=63c)5/, tries[at] ?? ''));
    expect(answers).toEqual([...expected, ...expected]);
    expect(card.counters.presentations).toBe(0);
  });

  it('tells that a PIN was never changed (DF2F) when the card came with a single-use code, and not afterwards', async () => {
    const changed = async (state: CardState): Promise<string> => {
      const card = createCard('fineid-v4', state);
      card.powerOn();
      await card.transmit(fromHex(aid));
      await card.transmit(fromHex('00cb00ff05a003830111'));
      return toHex(await card.transmit(fromHex('00c0000025')));
    };
    const attributes = (tries: string, flag: string): string =>
      `a0238301118c04781313139c0478131313df2104${tries}ffa503df2702ffffdf28010cdf2f01${flag}9000`;
    expect(await changed('new-b')).toBe(attributes('05', '00'));
    expect(await changed('normal')).toBe(attributes('05', '01'));
    expect(await changed('pin1-locked')).toBe(attributes('00', '01'));
  });

  it('is named CARD or CARD:STATE', () => {
    expect(parseCardName('myeid')).toEqual({ name: 'myeid', state: 'normal' });
    expect(parseCardName('fineid-v4:new-b')).toEqual({ name: 'fineid-v4', state: 'new-b' });
    for (const wrong of ['', 'visa', 'myeid:new-a', 'myeid:', 'myeid:normal:x', 'constructor']) {
      expect(() => parseCardName(wrong)).toThrow(expect.objectContaining({ code: 'simulation-unknown' }));
    }
  });

  it('says which cards there are when asked for one that is not', () => {
    try {
      createCard('fineid-v3', 'new-b');
      expect.unreachable();
    } catch (error) {
      expect(isFailure(error, 'simulation-unknown') && error.facts).toMatchObject({ card: 'fineid-v3:new-b' });
      expect(isFailure(error, 'simulation-unknown') && error.facts.cards).toContain('fineid-v4:new-b');
    }
  });
});
