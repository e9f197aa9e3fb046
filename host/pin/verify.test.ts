import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
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
