import type { PinStatus } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { guard, type GuardFacts, needsYes } from './guard.js';

const calm: GuardFacts = {
  pin: 'PIN1',
  fresh: { state: 'ok', triesLeft: 5 },
  shown: 5,
  agreed: false,
  knownWrong: false,
  expected: 'ok',
};

const decision = (facts: Partial<GuardFacts>): string => guard({ ...calm, ...facts })?.code ?? 'go';
const fresh = (triesLeft: number | undefined, state: PinStatus = 'ok'): GuardFacts['fresh'] => ({ state, triesLeft });

describe('the guard', () => {
  it('lets a PIN with tries to spare go, also when another program has given it more since', () => {
    expect([decision({}), decision({ shown: 3 }), decision({ shown: undefined })]).toEqual(['go', 'go', 'go']);
  });

  it('refuses what is locked, whatever else is said', () => {
    const yes = { agreed: true, knownWrong: true } as const;
    expect([
      decision({ ...yes, fresh: fresh(5, 'locked') }),
      decision({ ...yes, fresh: fresh(0) }),
      decision({ ...yes, fresh: fresh(0), pin: 'PUK', expected: 'any' }),
      decision({ ...yes, fresh: fresh(0), expected: 'not-set' }),
    ]).toEqual(['pin-locked', 'pin-locked', 'puk-locked', 'pin-locked']);
  });

  it('refuses a PIN that is not set, and a single-use code where the PIN has been set', () => {
    expect([
      decision({ fresh: fresh(5, 'not-set') }),
      decision({ fresh: fresh(5, 'ok'), expected: 'not-set' }),
      decision({ fresh: fresh(5, 'not-set'), expected: 'not-set' }),
      decision({ fresh: fresh(5, 'not-set'), expected: 'any', pin: 'PUK' }),
    ]).toEqual(['pin-not-set', 'guard-state-changed', 'go', 'go']);
  });

  it('refuses a value known to be wrong even with tries to spare and a yes', () => {
    expect(decision({ knownWrong: true, agreed: true })).toBe('guard-known-wrong');
  });

  it('wants a yes for each of the last two tries and for an unknown number', () => {
    const counters = [5, 4, 3, 2, 1, undefined];
    const ask = (agreed: boolean): readonly string[] =>
      counters.map((left) => decision({ fresh: fresh(left), shown: left, agreed }));
    expect(ask(false)).toEqual(['go', 'go', 'go', 'guard-last-tries', 'guard-last-tries', 'guard-tries-unknown']);
    expect(ask(true)).toEqual(['go', 'go', 'go', 'go', 'go', 'go']);
    expect(counters.map(needsYes)).toEqual([false, false, false, true, true, true]);
  });

  it('refuses when fewer tries are left than the person was shown, also with a yes', () => {
    const found = guard({ ...calm, shown: 5, fresh: fresh(4), agreed: true });
    expect(found).toMatchObject({ code: 'guard-tries-changed', facts: { pin: 'PIN1', shown: 5, triesLeft: 4 } });
    expect(decision({ shown: 2, fresh: fresh(1), agreed: true })).toBe('guard-tries-changed');
  });

  it('refuses when the counter that was shown cannot be read any more', () => {
    expect(decision({ shown: 5, fresh: fresh(undefined) })).toBe('guard-tries-unknown');
  });

  it('never lets a presentation go that it should not, for any combination of facts', () => {
    const states: readonly PinStatus[] = ['ok', 'not-set', 'locked'];
    const counters = [undefined, 0, 1, 2, 3, 5];
    for (const state of states)
      for (const triesLeft of counters)
        for (const shown of counters)
          for (const agreed of [true, false])
            for (const knownWrong of [true, false]) {
              if (decision({ fresh: fresh(triesLeft, state), shown, agreed, knownWrong }) !== 'go') continue;
              expect({ state, knownWrong }).toEqual({ state: 'ok', knownWrong: false });
              expect(agreed || (triesLeft ?? 0) > 2).toBe(true);
              expect(triesLeft).not.toBe(0);
              expect(triesLeft === undefined || shown === undefined || triesLeft >= shown).toBe(true);
            }
  });
});
