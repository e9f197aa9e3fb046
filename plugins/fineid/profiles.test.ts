import { readFileSync } from 'node:fs';
import { type CardProfile, fromHex, matchProfiles, parseProfile } from '@sigill/core/card';
import { describe, expect, it } from 'vitest';
import manifest from './package.json' with { type: 'json' };

const read = (path: string): CardProfile =>
  parseProfile(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')), path);
const profiles = manifest.sigill.contributes.cardProfiles.map(read);
const found = (atr: string): string => {
  const [profile, ...others] = matchProfiles(fromHex(atr), profiles);
  expect(others).toEqual([]);
  return profile
    ? `${profile.id} ${profile.certificates.length} ${profile.activation.map(({ scheme }) => scheme).join('')}`
    : '';
};

describe('FINEID profiles', () => {
  // Answers to reset of cards.md §1.1; the last is a Swedish card with a very similar one.
  it.each([
    ['v4.1', '3b7f9600008031b865b085051024122460829000', 'fineid-citizen 2 AB'],
    ['v4.0', '3b7f9600008031b865b085050011122460829000', 'fineid-citizen 2 AB'],
    ['v3.1', '3b7f9600008031b865b08504021b1200f6829000', 'fineid-citizen 3 A'],
    ['v3.0', '3b7f9600008031b865b0850300ef1200f6829000', 'fineid-citizen 2 A'],
    ['organisation, newest', '3bdd96008031fe450031b8640429ecc1739401808349', 'fineid-organisation 2 C'],
    ['organisation', '3bdd96008031fe450031b8640429ecc1739401808248', 'fineid-organisation 2 C'],
    ['organisation, older', '3bdf96008031fe450031b8640429ecc173940180829000da', 'fineid-organisation 2 C'],
    ['Swedish national', '3b7f9600008031806 5b08502 01f3120fff829000'.replaceAll(' ', ''), ''],
  ])('know a %s card', (_card, atr, expected) => {
    expect(found(atr)).toBe(expected);
  });

  it('ask people for the lengths that the issuer has set', () => {
    const lengths = profiles.map(
      ({ id, pins }) => `${id} ${pins.map((pin) => `${pin.minLength}-${pin.maxLength}`).join(' ')}`,
    );
    expect([...new Set(lengths)]).toEqual(['fineid-citizen 4-8 6-8', 'fineid-organisation 4-8 4-8']);
  });
});
