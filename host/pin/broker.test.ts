import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
import { presents } from '../../test/faults/presents.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const verifyPin1 = { card: 'card-1', pin: 'PIN1' } as const;
const verifyWith = (...typed: string[]): ScriptedPrompt => new ScriptedPrompt(...typed.map((digits) => [digits]));

describe('verifying a PIN', () => {
  it('probes, presents once and tells the counter', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234'));
    expect(await result(pins.verify(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
    expect(cards.seen).toEqual(['00cb00ff', '00200011']);
    expect(cards.sent.map((apdu) => apdu.length)).toEqual([11, 17]);
    expect([...(cards.sent[1] ?? [])].every((byte) => byte === 0)).toBe(true);
    expect(prompt.clean).toBe(true);
    expect(prompt.forms[0]).toMatchObject({
      operation: 'verify',
      requester: 'test',
      atStake: { pin: 'PIN1', triesLeft: 5, triesMax: 5 },
      lastTries: false,
      fields: [{ name: 'current', kind: 'current', pin: 'PIN1', minLength: 4, maxLength: 8 }],
    });
  });

  it('says how many tries are left after a wrong one, and that the next wrong one locks', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('0000', '0001'), (c) => (c.pins.PIN1.tries = 2));
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 1 } });
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'pin-locked', facts: { pin: 'PIN1' } });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 2, clean: true });
  });

  it.each([
    ['too short', '123', { code: 'secret-length', facts: { field: 'current', min: 4, max: 8 } }],
    ['too long', '123456789', { code: 'secret-length', facts: { field: 'current', min: 4, max: 8 } }],
    ['letters', '12a4', { code: 'secret-not-digits', facts: { field: 'current' } }],
  ])('spends nothing on a value that is %s, even when the prompt lets it through', async (_name, typed, failure) => {
    const { cards, prompt, pins } = await scene(verifyWith(typed));
    expect(await result(pins.verify(verifyPin1))).toEqual(failure);
    expect({ seen: cards.seen, clean: prompt.clean }).toEqual({ seen: [], clean: true });
  });

  it('refuses a missing answer, an unknown PIN, and the PUK in place of a PIN', async () => {
    const { cards, pins } = await scene(new ScriptedPrompt([]));
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'secret-missing', facts: { field: 'current' } });
    const unknown = { code: 'pin-unknown', facts: { pin: 'PIN3', pins: ['PIN1', 'PIN2'] } };
    expect(await result(pins.verify({ card: 'card-1', pin: 'PIN3' }))).toEqual(unknown);
    expect(await result(pins.verify({ card: 'card-1', pin: 'PUK' }))).toMatchObject({ code: 'pin-unknown' });
    expect(cards.seen).toEqual([]);
  });

  it('does not ask for a PIN that is locked or not set', async () => {
    const locked = await scene(verifyWith('1234'), (cards) => (cards.pins.PIN1.tries = 0));
    expect(await result(locked.pins.verify(verifyPin1))).toEqual({ code: 'pin-locked', facts: { pin: 'PIN1' } });
    const unset = await scene(verifyWith('1234'), (cards) => (cards.pins.PIN1.set = false));
    expect(await result(unset.pins.verify(verifyPin1))).toEqual({ code: 'pin-not-set', facts: { pin: 'PIN1' } });
    expect([locked.prompt.forms, unset.prompt.forms, locked.cards.evaluated, unset.cards.evaluated]).toEqual([
      [],
      [],
      0,
      0,
    ]);
  });

  it('asks for a PIN that was locked when last read and has been unlocked by another program since', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234'), (c) => (c.pins.PIN1.tries = 0));
    cards.pins.PIN1.tries = 4;
    expect(await result(pins.verify(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
    expect(prompt.forms[0]?.atStake.triesLeft).toBe(4);
  });

  it('never sends a value that the card has called wrong, until the PIN was changed or given right', async () => {
    const { cards, pins } = await scene(new ScriptedPrompt(['0000'], ['0000'], ['1234'], ['0000']));
    await result(pins.verify(verifyPin1));
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'guard-known-wrong', facts: { pin: 'PIN1' } });
    expect(cards.evaluated).toBe(1);
    await pins.verify(verifyPin1);
    expect(await result(pins.verify(verifyPin1))).toMatchObject({ code: 'pin-wrong' });
  });

  it('wants another yes for the last two tries', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234', '1234'), (c) => (c.pins.PIN1.tries = 2));
    prompt.agrees = false;
    expect(await result(pins.verify(verifyPin1))).toEqual({
      code: 'guard-last-tries',
      facts: { pin: 'PIN1', triesLeft: 2 },
    });
    expect({ asked: prompt.forms[0]?.lastTries, evaluated: cards.evaluated, clean: prompt.clean }).toEqual({
      asked: true,
      evaluated: 0,
      clean: true,
    });
    prompt.agrees = true;
    expect(await result(pins.verify(verifyPin1))).toMatchObject({ state: 'ok' });
  });

  it('sends nothing when another program used tries while the person typed, and shows the new counter next time', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234', '1234'));
    prompt.meanwhile = () => void (cards.pins.PIN1.tries = prompt.forms.length === 1 ? 4 : cards.pins.PIN1.tries);
    const changed = { code: 'guard-tries-changed', facts: { pin: 'PIN1', shown: 5, triesLeft: 4 } };
    expect(await result(pins.verify(verifyPin1))).toEqual(changed);
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 0, clean: true });
    expect(await result(pins.verify(verifyPin1))).toMatchObject({ state: 'ok' });
    expect(prompt.forms[1]?.atStake.triesLeft).toBe(4);
  });

  it('asks one consent after the other, so that the second shows what the first left', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('0000', '1234'));
    const both = await Promise.all([result(pins.verify(verifyPin1)), result(pins.verify(verifyPin1))]);
    expect(both).toMatchObject([{ code: 'pin-wrong' }, { state: 'ok' }]);
    expect({ shown: prompt.forms.map(({ atStake }) => atStake.triesLeft), evaluated: cards.evaluated }).toEqual({
      shown: [5, 4],
      evaluated: 2,
    });
  });
});

describe('a lost answer', () => {
  it('is told with the counter as it is afterwards, and nothing is sent again', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('0000'));
    cards.hook = (apdu, run) => {
      const answer = run();
      if (presents(apdu)) throw new Error('gone');
      return answer;
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({
      code: 'outcome-unknown',
      facts: { pin: 'PIN1', triesLeft: 4 },
    });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 1, clean: true });
  });

  it('is told without a counter when the card is gone', async () => {
    const { cards, pins } = await scene(verifyWith('0000'));
    cards.hook = (apdu, run) => {
      if (!presents(apdu)) return run();
      cards.present = false;
      throw new Error('gone');
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'outcome-unknown', facts: { pin: 'PIN1' } });
    expect(cards.evaluated).toBe(0);
  });

  it('before the PIN command is no more than a failed probe', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234'));
    cards.hook = () => {
      throw new Error('gone');
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'internal', facts: { why: 'gone' } });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 0, clean: true });
  });

  it('does not hide that the card said yes before it was pulled out', async () => {
    const { cards, pins } = await scene(new ScriptedPrompt(['1234', '4321', '4321']));
    const use = cards.use.bind(cards);
    cards.use = async (id, run) => {
      await use(id, run);
      cards.present = false;
      throw new Error('gone while the verified state was dropped');
    };
    expect(await result(pins.change(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok' });
  });

  it.each([0x6f00, 0x6982, 0x6700, 0x6c10, 0x0000])(
    'differs from status %i, which is told with its step and not repeated',
    async (word) => {
      const { cards, pins } = await scene(verifyWith('1234'));
      cards.hook = (apdu, run) => (!presents(apdu) ? run() : Uint8Array.of(word >> 8, word & 0xff));
      const status = word.toString(16).padStart(4, '0');
      expect(await result(pins.verify(verifyPin1))).toEqual({
        code: 'card-refused',
        facts: { step: 'verify', status },
      });
      expect(cards.seen).toEqual(['00cb00ff', '00200011']);
    },
  );
});

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
