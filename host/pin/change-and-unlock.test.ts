import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const verifyPin1 = { card: 'card-1', pin: 'PIN1' } as const;

describe('changing a PIN', () => {
  it('takes the old value and the new one twice, in one command', async () => {
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['1234', '4321', '4321']));
    expect(await result(pins.change(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
    expect({ value: cards.pins.PIN1.value, evaluated: cards.evaluated, clean: prompt.clean }).toEqual({
      value: '4321',
      evaluated: 1,
      clean: true,
    });
    expect(cards.sent.every((apdu) => apdu[1] === 0xcb || apdu.every((byte) => byte === 0))).toBe(true);
    expect(prompt.forms[0]?.fields.map(({ name }) => name)).toEqual(['current', 'new:PIN1', 'again:PIN1']);
  });

  it.each([
    [
      'a new value that differs the second time',
      ['1234', '4321', '4322'],
      { code: 'secret-differs', facts: { field: 'again:PIN1' } },
    ],
    ['a new value equal to the old', ['1234', '1234', '1234'], { code: 'secret-same', facts: { field: 'new:PIN1' } }],
    [
      'a new value that is too long',
      ['1234', '432143214', '432143214'],
      { code: 'secret-length', facts: { field: 'new:PIN1', min: 4, max: 8 } },
    ],
  ])('spends nothing on %s', async (_name, typed, failure) => {
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(typed));
    expect(await result(pins.change(verifyPin1))).toEqual(failure);
    expect({ seen: cards.seen, clean: prompt.clean }).toEqual({ seen: [], clean: true });
  });

  it('with a wrong old value costs one try and changes nothing', async () => {
    const { cards, pins } = await scene(new ScriptedPrompt(['0000', '4321', '4321']));
    expect(await result(pins.change(verifyPin1))).toEqual({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 4 } });
    expect(cards.pins.PIN1.value).toBe('1234');
  });
});

describe('unlocking a PIN', () => {
  it('opens a locked PIN with the PUK and gives it a new value', async () => {
    const { cards, prompt, pins } = await scene(
      new ScriptedPrompt(['12345678', '4321', '4321']),
      (c) => (c.pins.PIN1.tries = 0),
    );
    expect(await result(pins.unlock(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
    expect({ value: cards.pins.PIN1.value, clean: prompt.clean }).toEqual({ value: '4321', clean: true });
    expect(prompt.forms[0]?.atStake).toEqual({ pin: 'PUK', triesLeft: 5, triesMax: 5 });
  });

  it('guards the tries of the PUK', async () => {
    const typed = ['00000000', '4321', '4321'];
    const { cards, prompt, pins } = await scene(
      new ScriptedPrompt(typed, typed, ['00000001', '4321', '4321'], ['00000002', '4321', '4321']),
      (c) => (c.pins.PUK.tries = 3),
    );
    expect(await result(pins.unlock(verifyPin1))).toEqual({ code: 'puk-wrong', facts: { triesLeft: 2 } });
    expect(await result(pins.unlock(verifyPin1))).toEqual({ code: 'guard-known-wrong', facts: { pin: 'PUK' } });
    prompt.agrees = false;
    expect(await result(pins.unlock(verifyPin1))).toEqual({
      code: 'guard-last-tries',
      facts: { pin: 'PUK', triesLeft: 2 },
    });
    expect({ evaluated: cards.evaluated, wrong: cards.wrong }).toEqual({ evaluated: 1, wrong: 1 });
    cards.pins.PUK.tries = 0;
    await cards.read();
    expect(await result(pins.unlock(verifyPin1))).toEqual({ code: 'puk-locked', facts: {} });
    expect(prompt.forms).toHaveLength(3);
  });
});
