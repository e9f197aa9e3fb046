import { createCard, type KeypadQuestion } from '@sigill/core/sim';
import { expect, it } from 'vitest';
import { keypadIn } from './keypad-person.js';

const question = (header: string, values: number): KeypadQuestion => ({ header, values, minLength: 4, maxLength: 8 });
const ended = AbortSignal.abort();

it.each([
  ['fineid-v4', 'fineid-v4', false],
  ['fineid-v4:new-a@keypad', 'fineid-v4:new-a', true],
  ['empty@keypad-wrong', 'empty', true],
  ['fineid-v4@keyboard', 'fineid-v4@keyboard', false],
])('%s is a card %s', (spec, card, keypad) => {
  const found = keypadIn(spec);
  expect([found.card, found.person !== undefined]).toEqual([card, keypad]);
});

it('whoever stands there types what the chip holds, or what was asked for', async () => {
  const card = createCard('fineid-v4', 'normal');
  const press = (spec: string, header: string, values: number) =>
    keypadIn(`fineid-v4@${spec}`).person?.(question(header, values), card, new AbortController().signal);
  expect(
    await Promise.all([
      press('keypad', '00200011', 1),
      press('keypad', '00240082', 3),
      press('keypad', '002c0011', 3),
      press('keypad-wrong', '00200011', 1),
      press('keypad-cancel', '00200011', 1),
      press('keypad-timeout', '00200011', 1),
    ]),
  ).toEqual([['1234'], ['123456', '9631', '9631'], ['12345678', '9631', '9631'], ['00000000'], 'cancel', 'timeout']);
  expect(await keypadIn('x@keypad').person?.(question('00200011', 1), card, ended)).toBe('cancel');
});
