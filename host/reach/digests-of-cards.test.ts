import type { Reader } from '@sigill/core';
import { expect, it } from 'vitest';
import { digestsOfCards } from './digests-of-cards.js';

const reader = (...keys: readonly object[]): Reader =>
  ({ name: 'R', state: 'ready', card: { certificates: keys.map((key) => ({ key })) } }) as unknown as Reader;

it('names the digest of each kind of key once', () => {
  const ec = (size: number) => ({ algorithm: 'EC', size, curve: `P-${size}` });
  const rsa = { algorithm: 'RSA', size: 2048 };
  expect(digestsOfCards([])).toEqual([]);
  expect(digestsOfCards([{ name: 'R', state: 'empty' }])).toEqual([]);
  expect(
    digestsOfCards([reader(ec(384), ec(384)), reader(rsa, ec(256), { algorithm: 'other', size: 0 }, ec(521))]),
  ).toEqual(['SHA-384', 'SHA-256', 'SHA-512']);
});
