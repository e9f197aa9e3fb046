import { failureData } from '@sigill/core';
import { type CardName, type Fault, type KeyPresses, SimulatedKeypad } from '@sigill/core/sim';
import { afterEach, describe, expect, it } from 'vitest';
import { PinBroker } from '../../host/pin/broker.js';
import { readCertificate } from '../../host/cards/read-certificate.js';
import { testKey } from '../../host/pin/test-key.js';
import { ReaderPrompt } from './reader-prompt.js';
import { openStage, type Stage, truth } from './stage.js';
import { logTo, result } from './scene.js';

let stage: Stage;
let keypad: SimulatedKeypad;
let prompt: ReaderPrompt;
afterEach(() => stage.close());

/** A reader at whose keys this is done, question by question. */
async function open(card: CardName, state: 'normal' | 'pin1-locked' | 'new-a', ...presses: KeyPresses[]) {
  keypad = new SimulatedKeypad(() => presses.shift() ?? 'cancel');
  prompt = new ReaderPrompt();
  stage = await openStage(card, state, prompt, keypad);
  return stage.broker.for('test');
}

const pin1 = () => ({ card: stage.id, pin: 'PIN1' }) as const;
const headers = () => keypad.asked.map(({ header }) => header);

describe('a reader with a keypad takes the code itself', () => {
  it('a right one is verified, and the computer sent no command with digits', async () => {
    const pins = await open('fineid-v4', 'normal', ['1234']);
    expect(await result(pins.verify(pin1()))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
    expect(keypad.asked).toEqual([{ header: '00200011', values: 1, minLength: 4, maxLength: 8 }]);
    expect([prompt.told.length, prompt.asked, stage.watched.presented]).toEqual([1, 0, []]);
    expect(prompt.told[0]).toMatchObject({ operation: 'verify', atStake: { pin: 'PIN1', triesLeft: 5 } });
    expect(stage.card.isVerified(0x11)).toBe(false);
  });

  it.each([
    ['a wrong one', ['9999'] as const, { code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 4 } }, 4],
    ['cancel', 'cancel' as const, { code: 'cancelled', facts: {} }, 5],
    ['no key in time', 'timeout' as const, { code: 'cancelled', facts: {} }, 5],
    [
      'one that is too short',
      ['12'] as const,
      { code: 'secret-length', facts: { field: 'current', min: 4, max: 8 } },
      5,
    ],
  ])('%s is told as it is, and asked once', async (_, presses, failure, left) => {
    const pins = await open('fineid-v4', 'normal', presses);
    expect(await result(pins.verify(pin1()))).toEqual(failure);
    expect(headers()).toEqual(['00200011']);
    expect(truth(stage.card, 'fineid-v4', 'normal').PIN1).toEqual({ state: 'ok', triesLeft: left });
  });

  it('the last tries need a yes before the reader asks, and a locked code is not asked for', async () => {
    const pins = await open('fineid-v4', 'normal', ['9999'], ['9999'], ['9999'], ['9999'], ['9999']);
    for (const left of [4, 3, 2])
      expect(await result(pins.verify(pin1()))).toMatchObject({ facts: { triesLeft: left } });
    prompt.agrees = false;
    expect(await result(pins.verify(pin1()))).toMatchObject({ code: 'guard-last-tries' });
    expect(keypad.asked).toHaveLength(3);
    prompt.agrees = true;
    expect(await result(pins.verify(pin1()))).toMatchObject({ facts: { triesLeft: 1 } });
    expect(await result(pins.verify(pin1()))).toEqual({ code: 'pin-locked', facts: { pin: 'PIN1' } });
    expect(await result(pins.verify(pin1()))).toEqual({ code: 'pin-locked', facts: { pin: 'PIN1' } });
    expect(keypad.asked).toHaveLength(5);
  });

  it('a try that was spent elsewhere while the person read is not spent once more', async () => {
    const pins = await open('fineid-v4', 'normal', ['9999']);
    const elsewhere = new PinBroker(stage.cards, prompt, logTo([]));
    prompt.meanwhile = async () => {
      prompt.meanwhile = () => undefined;
      await result(elsewhere.for('other').verify(pin1()));
    };
    expect(await result(pins.verify(pin1()))).toMatchObject({ code: 'guard-tries-changed' });
    expect(keypad.asked).toHaveLength(1);
  });

  it('a code is changed, two that differ are not, and one that is cancelled before the reader asks is not asked', async () => {
    const pins = await open('fineid-v4', 'normal', ['1234', '2580', '2581'], ['1234', '2580', '2580'], ['2580']);
    expect(await result(pins.change(pin1()))).toEqual({ code: 'secret-differs', facts: { field: 'again:PIN1' } });
    expect(await result(pins.change(pin1()))).toMatchObject({ pin: 'PIN1', state: 'ok' });
    expect(await result(pins.verify(pin1()))).toMatchObject({ state: 'ok' });
    expect(headers()).toEqual(['00240011', '00240011', '00200011']);
    expect(stage.watched.presented).toEqual([]);
    prompt.leaves = true;
    expect(await result(pins.verify(pin1()))).toEqual({ code: 'cancelled', facts: {} });
    expect(keypad.asked).toHaveLength(3);
  });

  it.each(['fineid-v4', 'myeid', 'siths-like'] as const)('a code of %s is unlocked with the PUK', async (card) => {
    const fresh = card === 'siths-like' ? '258025' : '2580';
    const pins = await open(card, 'pin1-locked', ['99999999', fresh, fresh], ['12345678', fresh, fresh]);
    const unlock = (): Promise<unknown> => result(pins.unlock(pin1()));
    const wrong = await unlock();
    expect(wrong).toMatchObject({ code: 'puk-wrong' });
    expect(await unlock()).toMatchObject({ pin: 'PIN1', state: 'ok' });
    expect(headers().every((header) => header.startsWith('002c00'))).toBe(true);
    expect(stage.watched.presented).toEqual([]);
  });

  it('a signature is made after the reader has taken the code', async () => {
    await open('fineid-v4', 'normal', ['123456']);
    const card = stage.cards.card(stage.id);
    const der = await readCertificate(stage.cards, card, '46');
    expect(await testKey(stage.broker.signing('test'), card, '46', der)).toBe('ECDSA-SHA384');
    expect([headers(), stage.watched.presented]).toEqual([['00200082'], []]);
  });
});

describe('the computer asks where a keypad would not do', () => {
  it.each([['a card whose codes are no padded block', 'fineid-org', 'normal', 'verify']] as const)(
    '%s',
    async (_, card, state, operation) => {
      const pins = await open(card, state);
      expect(await result(pins[operation](pin1()))).toMatchObject({ code: 'cancelled' });
      expect([prompt.asked, prompt.told, keypad.asked]).toEqual([1, [], []]);
    },
  );

  it('an activation', async () => {
    const pins = await open('fineid-v4', 'new-a');
    expect(await result(pins.activate({ card: stage.id }))).toMatchObject({ code: 'cancelled' });
    expect([prompt.asked, keypad.asked]).toEqual([1, []]);
  });
});

const troubles: readonly (readonly [string, Omit<Fault, 'at'>])[] = [
  ['pulled out before', { kind: 'removed-before' }],
  ['done, then pulled out', { kind: 'executed-reply-lost' }],
  ['done, then no answer', { kind: 'executed-reply-lost', then: 'error' } as never],
  ['reset before', { kind: 'reset-before' }],
  ['not done, 6f00', { kind: 'status', status: 0x6f00 } as never],
];

describe.each(troubles)('the card at every command: %s', (_, kind) => {
  it.each([
    ['right', '1234', 0],
    ['wrong', '9999', 1],
  ] as const)(
    'a %s code costs what it may, is asked for once, and what is told is true',
    async (_name, digits, most) => {
      const clean = await open('fineid-v4', 'normal', [digits]);
      const start = stage.card.log.length;
      await result(clean.verify(pin1()));
      const commands = stage.card.log.length - start;
      await stage.close();
      for (let at = 1; at <= commands; at += 1) {
        const pins = await open('fineid-v4', 'normal', [digits], [digits]);
        stage.card.inject({ ...kind, at } as Fault);
        const told = await pins
          .verify(pin1())
          .then(() => ({ code: 'done', facts: {} as Readonly<Record<string, unknown>> }), failureData);
        stage.card.clearFaults();
        const { triesLeft = 0 } = truth(stage.card, 'fineid-v4', 'normal').PIN1 ?? {};
        const where = `${at}: ${JSON.stringify(told)}`;
        expect(5 - triesLeft, where).toBeLessThanOrEqual(most);
        expect(keypad.asked.length, where).toBeLessThanOrEqual(1);
        if (told.code === 'pin-wrong') expect(5 - triesLeft, where).toBe(1);
        if (told.code === 'outcome-unknown' && 'triesLeft' in told.facts)
          expect(told.facts['triesLeft']).toBe(triesLeft);
        if (keypad.asked.length === 1 && kind.kind !== 'status')
          expect(['done', 'pin-wrong', 'outcome-unknown', 'card-reset'], where).toContain(told.code);
        expect(stage.card.isVerified(0x11), where).toBe(false);
        await stage.close();
      }
      expect(commands).toBeGreaterThan(2);
    },
  );
});
