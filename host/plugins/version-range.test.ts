import { expect, it } from 'vitest';
import { inRange } from './version-range.js';

it.each([
  ['1.2.3', '^1.2.3', true],
  ['1.9.0', '^1.2.3', true],
  ['1.2.2', '^1.2.3', false],
  ['2.0.0', '^1.2.3', false],
  ['1.10.0', '^1.9', true],
  ['1.0.0', '^1', true],
  ['0.1.5', '^0.1.2', true],
  ['0.2.0', '^0.1.2', false],
  ['0.1.1', '^0.1.2', false],
  ['0.0.3', '^0.0.3', true],
  ['0.0.4', '^0.0.3', false],
  ['0.0.9', '^0.0', true],
  ['0.1.0', '^0.0', false],
  ['0.9.9', '^0', true],
  ['1.0.0', '^0', false],
  ['1.2.3', '1.2.3', true],
  ['1.2.4', '1.2.3', false],
  ['1.2.3-beta.1', '^1.0.0', true],
  ['1.2.3', '>=1.0.0', undefined],
  ['1.2.3', '*', undefined],
  ['1.2.3', '', undefined],
  ['one', '^1.0.0', undefined],
])('version %s in range %s: %s', (version, range, answer) => {
  expect(inRange(version, range)).toBe(answer);
});
