import { describe, expect, it } from 'vitest';
import type { FakeCards } from '../../test/faults/fake-cards.js';
import { result, scene } from '../../test/faults/scene.js';
import { presents } from '../../test/faults/presents.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const card = { card: 'card-1' };

/** Not activated under scheme A: no PIN is set, the code is the PUK. */
const newA = (cards: FakeCards): void => {
  cards.scheme = 'A';
  cards.pins.PIN1.set = false;
  cards.pins.PIN2.set = false;
};

/** Not activated under scheme B: both PINs have the single-use code. */
const newB = (cards: FakeCards): void => {
  cards.scheme = 'B';
  Object.assign(cards.pins.PIN1, { value: '1234567', set: false });
  Object.assign(cards.pins.PIN2, { value: '1234567', set: false });
};

const both = ['1111', '1111', '222222', '222222'];
const done = (scheme: string) => ({
  scheme,
  pins: [
    { pin: 'PIN1', state: 'ok', triesLeft: 5 },
    { pin: 'PIN2', state: 'ok', triesLeft: 5 },
  ],
});

describe('activation', () => {
  it.each([
    ['A', newA, '12345678'],
    ['B', newB, '1234567'],
  ])('under scheme %s sets both PINs with one form and one code', async (scheme, prepare, code) => {
    const { cards, prompt, pins } = await scene(new ScriptedPrompt([code, ...both]), prepare);
    expect(await result(pins.activate(card))).toEqual(done(scheme));
    expect([cards.pins.PIN1.value, cards.pins.PIN2.value, cards.wrong, prompt.clean]).toEqual([
      '1111',
      '222222',
      0,
      true,
    ]);
    const names = ['code', 'new:PIN1', 'again:PIN1', 'new:PIN2', 'again:PIN2'];
    expect(prompt.forms.map(({ fields }) => fields.map(({ name }) => name))).toEqual([names]);
    expect(prompt.forms[0]?.fields[0]).toMatchObject({ minLength: code.length, maxLength: code.length });
  });

  it.each([
    ['A', newA, '00000000', 'PUK'],
    ['B', newB, '0000000', 'PIN1'],
  ])(
    'under scheme %s a wrong code costs one try, sets nothing, and is not tried again',
    async (_scheme, prepare, code, stake) => {
      const typed = [code, ...both];
      const { cards, prompt, pins } = await scene(new ScriptedPrompt(typed, typed), prepare);
      expect(await result(pins.activate(card))).toEqual({ code: 'code-wrong', facts: { triesLeft: 4 } });
      expect([cards.evaluated, cards.pins.PIN1.set, cards.pins.PIN2.set]).toEqual([1, false, false]);
      expect(prompt.forms[0]?.atStake).toEqual({ pin: stake, triesLeft: 5, triesMax: 5 });
      expect(await result(pins.activate(card))).toEqual({ code: 'guard-known-wrong', facts: { pin: stake } });
      expect([cards.evaluated, prompt.clean]).toEqual([1, true]);
    },
  );

  it.each([
    ['A', newA, '12345678'],
    ['B', newB, '1234567'],
  ])('under scheme %s that stops after PIN1 is finished later with PIN2 alone', async (scheme, prepare, code) => {
    const { cards, prompt, pins } = await scene(
      new ScriptedPrompt([code, ...both], [code, '222222', '222222']),
      prepare,
    );
    let presented = 0;
    cards.hook = (apdu, run) => (presents(apdu) && ++presented === 2 ? Uint8Array.of(0x6f, 0x00) : run());
    expect(await result(pins.activate(card))).toEqual({
      code: 'activation-incomplete',
      facts: {
        done: ['PIN1'],
        missing: ['PIN2'],
        cause: { code: 'card-refused', facts: { step: expect.any(String), status: '6f00' } },
      },
    });
    cards.hook = (_apdu, run) => run();
    cards.seen.length = 0;
    expect(await result(pins.activate(card))).toEqual({ scheme, pins: [done(scheme).pins[1]] });
    expect(prompt.forms[1]?.fields.map(({ name }) => name)).toEqual(['code', 'new:PIN2', 'again:PIN2']);
    // No command of the second run touches the PIN that is set, under B least of all with the code.
    expect(cards.seen.filter((header) => header.endsWith('11'))).toEqual([]);
    expect([cards.pins.PIN1.value, cards.pins.PIN2.value, cards.wrong, prompt.clean]).toEqual([
      '1111',
      '222222',
      0,
      true,
    ]);
  });

  it('sends nothing when another program has set a PIN while the person typed', async () => {
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['12345678', ...both]), newA);
    prompt.meanwhile = () => void Object.assign(cards.pins.PIN2, { value: '999999', set: true });
    expect(await result(pins.activate(card))).toEqual({ code: 'guard-state-changed', facts: { pin: 'PIN2' } });
    expect([cards.evaluated, cards.pins.PIN1.set, prompt.clean]).toEqual([0, false, true]);
  });

  it('checks everything before anything is sent', async () => {
    const wrong: readonly (readonly [readonly string[], unknown])[] = [
      [['1234', ...both], { code: 'secret-length', facts: { field: 'code', min: 8, max: 8 } }],
      [['12345678', '1111', '1112', '222222', '222222'], { code: 'secret-differs', facts: { field: 'again:PIN1' } }],
      [
        ['12345678', '1111', '1111', '2222', '2222'],
        { code: 'secret-length', facts: { field: 'new:PIN2', min: 6, max: 8 } },
      ],
      [['12345678', '1111', '1111', '222222'], { code: 'secret-missing', facts: { field: 'again:PIN2' } }],
    ];
    for (const [typed, failure] of wrong) {
      const { cards, prompt, pins } = await scene(new ScriptedPrompt(typed), newA);
      expect(await result(pins.activate(card))).toEqual(failure);
      expect([cards.seen, prompt.clean]).toEqual([[], true]);
    }
  });

  it('under scheme B a new PIN may not be the single-use code itself', async () => {
    const { cards, pins } = await scene(
      new ScriptedPrompt(['1234567', '1234567', '1234567', '222222', '222222']),
      newB,
    );
    expect(await result(pins.activate(card))).toEqual({ code: 'secret-same', facts: { field: 'new:PIN1' } });
    expect(cards.evaluated).toBe(0);
  });

  it('advises when both PINs got the same digits', async () => {
    const same = ['222222', '222222', '222222', '222222'];
    const { pins } = await scene(new ScriptedPrompt(['12345678', ...same]), newA);
    expect(await result(pins.activate(card))).toEqual({
      scheme: 'A',
      pins: done('A').pins.map((pin) => ({ ...pin, sameAsOther: true })),
    });
  });

  it('guards the last tries of the code', async () => {
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['1234567', ...both]), (c) => {
      newB(c);
      c.pins.PIN2.tries = 2;
    });
    prompt.agrees = false;
    expect(await result(pins.activate(card))).toMatchObject({
      code: 'guard-last-tries',
      facts: { pin: 'PIN2', triesLeft: 2 },
    });
    expect([prompt.forms[0]?.lastTries, cards.evaluated]).toEqual([true, 0]);
  });

  it('is refused for a card that is activated, and for one whose way is not known', async () => {
    const active = await scene(new ScriptedPrompt());
    expect(await result(active.pins.activate(card))).toEqual({ code: 'already-activated', facts: {} });
    const unknown = await scene(new ScriptedPrompt(), (cards) => (cards.pins.PIN1.set = false));
    expect(await result(unknown.pins.activate(card))).toEqual({ code: 'activation-unknown', facts: {} });
    expect([active.prompt.forms, unknown.prompt.forms]).toEqual([[], []]);
  });
});
