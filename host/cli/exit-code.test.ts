import { Failure, failureData } from '@sigill/core';
import { expect, it } from 'vitest';
import { exitCode } from './exit-code.js';

it('each kind of trouble has its exit code', () => {
  const cause = failureData(new Failure('pin-locked', { pin: 'PIN2' }));
  const ends = [
    new Error('a bug'),
    new Failure('usage', { why: '' }),
    new Failure('no-card', {}),
    new Failure('pin-wrong', { pin: 'PIN1' }),
    new Failure('puk-locked', {}),
    new Failure('guard-last-tries', { pin: 'PIN1', triesLeft: 2 }),
    new Failure('cancelled', {}),
    new Failure('card-removed', { reader: 'R' }),
    new Failure('activation-incomplete', { done: ['PIN1'], missing: ['PIN2'], cause }),
    new Failure('plugin-ended', { plugin: 'p' }),
  ];
  expect(ends.map(exitCode)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 5, 1]);
});
