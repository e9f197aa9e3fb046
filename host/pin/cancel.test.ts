import { describe, expect, it } from 'vitest';
import { presents } from '../../test/faults/presents.js';
import { result, scene } from '../../test/faults/scene.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';
import { Turns } from './turns.js';

const request = { card: 'card-1', pin: 'PIN1' } as const;
const cancelled = { code: 'cancelled', facts: {} };

describe('cancelling', () => {
  it('before anything was asked asks nothing', async () => {
    const { prompt, pins } = await scene(new ScriptedPrompt(['1234']), undefined, AbortSignal.abort());
    expect(await result(pins.verify(request))).toEqual(cancelled);
    expect(prompt.forms).toEqual([]);
  });

  it('while the person types ends the asking, even when the prompt does not listen and answers later', async () => {
    const stop = new AbortController();
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['1234']), undefined, stop.signal);
    let answer = (): void => {};
    const asked = new Promise<void>((shown) => {
      prompt.meanwhile = () => {
        shown();
        return new Promise<void>((resolve) => (answer = resolve));
      };
    });
    const outcome = result(pins.verify(request));
    await asked;
    stop.abort();
    expect(await outcome).toEqual(cancelled);
    answer();
    await new Promise(setImmediate);
    expect({ given: prompt.given.length, clean: prompt.clean, seen: cards.seen }).toEqual({
      given: 1,
      clean: true,
      seen: [],
    });
  });

  it('while the card is probed sends nothing', async () => {
    const stop = new AbortController();
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['1234']), undefined, stop.signal);
    cards.hook = (apdu, run) => {
      if (!presents(apdu)) stop.abort();
      return run();
    };
    expect(await result(pins.verify(request))).toEqual(cancelled);
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 0, clean: true });
  });

  it('after the PIN command was sent comes too late: the outcome is told', async () => {
    const stop = new AbortController();
    const { cards, prompt, pins } = await scene(new ScriptedPrompt(['0000']), undefined, stop.signal);
    cards.hook = (apdu, run) => {
      if (presents(apdu)) stop.abort();
      return run();
    };
    expect(await result(pins.verify(request))).toEqual({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 4 } });
    expect(prompt.clean).toBe(true);
  });

  it('while waiting for another consent leaves that one alone', async () => {
    const turns = new Turns();
    const stop = new AbortController();
    let end = (): void => {};
    const first = turns.take(
      new AbortController().signal,
      () => new Promise<string>((done) => (end = () => done('first'))),
    );
    const second = turns
      .take(stop.signal, async () => 'second')
      .catch((error: unknown) => (error as { code: string }).code);
    const third = turns.take(new AbortController().signal, async () => 'third');
    stop.abort();
    expect(await second).toBe('cancelled');
    end();
    expect([await first, await third]).toEqual(['first', 'third']);
  });
});
