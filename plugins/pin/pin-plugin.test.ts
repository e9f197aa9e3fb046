import { Failure, type PinOutcome, type Pins } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { changePin } from './change-pin.js';
import { pinRequest } from './pin-request.js';
import { unlockPin } from './unlock-pin.js';
import { verifyPin } from './verify-pin.js';

const pins = (outcome: Partial<PinOutcome> | Failure): Pins => {
  const answer = async (): Promise<PinOutcome> => {
    if (outcome instanceof Failure) throw outcome;
    return { pin: 'PIN1', state: 'ok', ...outcome };
  };
  return { verify: answer, change: answer, unlock: answer, activate: () => Promise.reject(new Error('not here')) };
};
const request = { card: 'card-1', pin: 'PIN1' } as const;

describe('the PIN plugin', () => {
  it('says what was done, with the state as data', async () => {
    const [verify, change, unlock] = await Promise.all(
      [verifyPin, changePin, unlockPin].map((run) => run(pins({ triesLeft: 5 }), request)),
    );
    const values = { pin: 'PIN1' };
    const data = { pin: 'PIN1', state: 'ok', triesLeft: 5 };
    expect(verify).toEqual({ messages: [{ key: 'pin.verify.done', values }], data });
    expect(change).toEqual({ messages: [{ key: 'pin.change.done', values }], data });
    expect(unlock).toEqual({ messages: [{ key: 'pin.unlock.done', values }], data });
  });

  it('warns when two codes are the same', async () => {
    const { messages, data } = await changePin(pins({ sameAsOther: true }), request);
    expect(messages.map(({ key }) => key)).toEqual(['pin.change.done', 'pin.same']);
    expect(data).toEqual({ pin: 'PIN1', state: 'ok', sameAsOther: true });
  });

  it('does not say done of a PIN that is locked', async () => {
    const { messages } = await verifyPin(pins({ state: 'locked' }), request);
    expect(messages).toEqual([{ key: 'pin.locked', values: { pin: 'PIN1' } }]);
  });

  it('passes a failure on as it is', async () => {
    const wrong = new Failure('pin-wrong', { pin: 'PIN1', triesLeft: 2 });
    for (const run of [verifyPin, changePin, unlockPin]) await expect(run(pins(wrong), request)).rejects.toBe(wrong);
  });

  it('takes a card and the id of a PIN, and repeats nothing else', () => {
    expect(pinRequest({ card: 'card-1', pin: 'PIN2' })).toEqual({ card: 'card-1', pin: 'PIN2' });
    expect(() => pinRequest({ pin: 'PIN1' })).toThrow(expect.objectContaining({ code: 'no-card' }) as Error);
    expect(() => pinRequest({ card: 'card-1', pin: '4321' })).toThrow(
      expect.objectContaining({
        code: 'pin-unknown',
        facts: expect.not.objectContaining({ pin: '4321' }) as object,
      }) as Error,
    );
  });
});
