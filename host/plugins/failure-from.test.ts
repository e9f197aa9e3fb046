import { describe, expect, it } from 'vitest';
import { failureFrom } from './failure-from.js';

describe('a failure from a plugin', () => {
  it('keeps its code and facts', () => {
    expect(failureFrom({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 3 } }, 'p')).toMatchObject({
      code: 'pin-wrong',
      facts: { pin: 'PIN1', triesLeft: 3 },
    });
    expect(failureFrom({ code: 'cancelled', facts: {} }, 'p')).toMatchObject({ code: 'cancelled' });
  });

  it('cannot steer a terminal', () => {
    const { facts } = failureFrom(
      { code: 'no-card', facts: { reader: 'a\u001b[2J\u009b\u202eb', deep: ['\u0007'] } },
      'p',
    );
    expect(facts).toEqual({ reader: 'a\ufffd[2J\ufffd\ufffdb', deep: ['\ufffd'] });
  });

  it.each([
    undefined,
    null,
    'pin-wrong',
    { code: 'constructor', facts: {} },
    { code: '__proto__', facts: {} },
    { code: 7, facts: {} },
    { code: 'pin-wrong' },
    { code: 'a-'.repeat(30), facts: {} },
  ])('that is none (%j) is a failure of the plugin', (data) => {
    expect(failureFrom(data, 'p')).toMatchObject({ code: 'plugin-failed', facts: { plugin: 'p' } });
  });

  it('that is a bug is a failure of the plugin with its reason', () => {
    expect(failureFrom({ code: 'internal', facts: { why: 'x is not a function' } }, 'p')).toMatchObject({
      code: 'plugin-failed',
      facts: { plugin: 'p', why: 'x is not a function' },
    });
  });
});
