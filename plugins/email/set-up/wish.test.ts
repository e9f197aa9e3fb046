import type { Card, Certificate, ProgramProfile } from '@sigill/core';
import { expect, it } from 'vitest';
import { wishFor } from './wish.js';
import { wishWords } from './words.js';

const address = 'elli@sigill.example';
const profile: ProgramProfile = {
  id: 'p',
  program: 'thunderbird',
  name: 'default',
  folder: '~/.thunderbird/x.default',
  packaging: 'own',
  identities: [{ id: 'id1', address }],
} as unknown as ProgramProfile;

const card = (algorithm: 'EC' | 'RSA', usage: Certificate['usage'], decrypts = true): Card =>
  ({
    id: 'c',
    certificates: [
      {
        id: '45',
        email: [address],
        usage,
        notBefore: '2025-01-01T00:00:00Z',
        notAfter: '2030-01-01T00:00:00Z',
        key: { algorithm, size: 384, pin: 'PIN1', ...(decrypts && { decrypts }) },
      },
    ],
  }) as unknown as Card;

const told = (one: Card): readonly string[] =>
  wishWords(wishFor([profile], [{ card: one, authorities: [] }], [], new Date('2026-06-01'))).map(({ key }) => key);

it('mail that Thunderbird could not open is told of: that for an elliptic key, and no other', () => {
  expect(told(card('EC', ['digitalSignature', 'keyEncipherment']))).toEqual(['email.elliptic']);
  expect(told(card('RSA', ['digitalSignature', 'keyEncipherment']))).toEqual([]);
  expect(told(card('EC', ['digitalSignature']))).toEqual([]);
});

it('a card that does not open what is encrypted is set up for signing alone, and that is said', () => {
  const one = card('EC', ['digitalSignature', 'keyEncipherment'], false);
  expect(told(one)).toEqual(['email.unopened']);
  const { wish } = wishFor([profile], [{ card: one, authorities: [] }], [], new Date('2026-06-01'));
  expect(wish.accounts).toEqual([{ profile: 'p', identity: 'id1', signing: { card: 'c', id: '45' } }]);
});

it('a fingerprint that no CA certificate has is told of, but not while no card is in', () => {
  const given = ['ab'.repeat(32)];
  const rsa = { card: card('RSA', ['digitalSignature']), authorities: [] };
  expect(wishFor([profile], [rsa], given, new Date('2026-06-01')).unknown).toEqual(given);
  expect(wishFor([profile], [], given, new Date('2026-06-01')).unknown).toEqual([]);
});
