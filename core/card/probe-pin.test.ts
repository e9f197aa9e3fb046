import { describe, expect, it } from 'vitest';
import { fromHex } from './bytes.js';
import { pinState, probePin } from './probe-pin.js';
import type { ProfilePin } from './profile.js';
import { type ScriptStep, scriptedChannel } from '../sim/scripted-channel.js';

const pin: ProfilePin = {
  id: 'PIN1',
  role: 'basic',
  label: 'PIN',
  reference: 0x11,
  minLength: 4,
  maxLength: 8,
  triesMax: 5,
  format: {},
  probe: 'get-data',
};

// LE's recordings, cards.md §1.7.
const attributes = (tries: string, changed: string, reference = '11'): string =>
  `a023 8301${reference} 8c0478131313 9c0478131313 df2104${tries}ffa503 df2702ffff df28010c df2f01${changed} 9000`;
const ask = '00cb00ff(a003830111)/00';
const empty = '00200011';

async function probe(steps: readonly ScriptStep[], own: Partial<ProfilePin> = {}): Promise<unknown> {
  const channel = scriptedChannel(steps);
  const result = await probePin(channel, { ...pin, ...own });
  expect(channel.left).toBe(0);
  return result;
}

describe('A PIN is probed without spending a try', () => {
  it('by its attributes alone when it is in use', async () => {
    const result = { known: true, state: 'ok', triesLeft: 4, triesMax: 5, changed: true };
    expect(await probe([[ask, attributes('04', '01')]])).toEqual(result);
  });

  it('and the empty VERIFY tells a locked PIN from one never set', async () => {
    const locked = [
      [ask, attributes('00', '01')],
      [empty, '6983'],
    ] as const;
    expect(await probe(locked)).toMatchObject({ state: 'locked', triesLeft: 0 });
    const fresh = [
      [ask, attributes('05', '00')],
      [empty, '6984'],
    ] as const;
    expect(await probe(fresh)).toMatchObject({ state: 'not-set', changed: false });
  });

  it('and scheme B takes a PIN that was never changed for not set', async () => {
    const fresh = [
      [ask, attributes('05', '00')],
      [empty, '63c5'],
    ] as const;
    expect(await probe(fresh, { scheme: 'B' })).toMatchObject({ state: 'not-set', triesLeft: 5 });
    expect(await probe(fresh, { scheme: 'A' })).toMatchObject({ state: 'ok', triesLeft: 5 });
  });

  it('by the empty VERIFY where attributes are not told, or told of another PIN', async () => {
    expect(await probe([[empty, '63c3']], { probe: 'empty-verify' })).toMatchObject({ state: 'ok', triesLeft: 3 });
    for (const answer of ['6d00', '9000', 'a0ff 9000', attributes('05', '01', '82')]) {
      expect(
        await probe([
          [ask, answer],
          [empty, '63c3'],
        ]),
      ).toMatchObject({ known: true, state: 'ok', triesLeft: 3 });
    }
  });

  it('and one that the card has not is not known', async () => {
    expect(await probe([[empty, '6a88']], { probe: 'empty-verify' })).toMatchObject({ known: false });
  });

  it('and one that is verified just now is in use, its counter unknown', async () => {
    const result = await probe([[empty, '9000']], { probe: 'empty-verify' });
    expect(result).toEqual({ known: true, state: 'ok', triesMax: 5, status: 0x9000 });
  });
});

describe('The state of a PIN follows from the scheme', () => {
  // cards.md §1.10.
  it.each([
    [0x6984, 'A', 'not-set'],
    [0x6300, 'A', 'not-set'],
    [0x6985, 'A', 'not-set'],
    [0x63c5, 'A', 'ok'],
    [0x6983, 'A', 'locked'],
    [0x6984, 'C', 'not-set'],
    [0x6300, 'C', 'ok'],
    [0x63c0, undefined, 'locked'],
    [0x6d00, undefined, 'ok'],
  ] as const)('%i under %s is %s', (status, scheme, state) => {
    expect(pinState({ status }, scheme)).toBe(state);
  });
});

it('the attributes in these tests are as long as recorded ones', () => {
  expect(fromHex(attributes('05', '01')).length - 2).toBe(37);
});
