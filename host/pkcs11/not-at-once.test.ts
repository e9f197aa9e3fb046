import { expect, it, vi } from 'vitest';
import { notAtOnce } from './not-at-once.js';

it('a refusal is told when the time is over, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const told = vi.fn();
  const refused = notAtOnce(Promise.reject(new Error('locked')), 1_000).catch(told);
  await vi.advanceTimersByTimeAsync(999);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await refused;
  expect(told).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

it('what goes well is told at once', async () => {
  expect(await notAtOnce(Promise.resolve('in'), 2 ** 31 - 1)).toBe('in');
});
