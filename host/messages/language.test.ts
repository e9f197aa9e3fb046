import { expect, it } from 'vitest';
import { chooseLanguage } from './language.js';

it('the person’s own choice counts before the session’s locale', () => {
  expect(chooseLanguage('fi', { LC_ALL: 'sv_FI.UTF-8' })).toBe('fi');
  expect(() => chooseLanguage('de', {})).toThrow(expect.objectContaining({ code: 'usage' }));
});

it('LC_ALL counts before LC_MESSAGES before LANG, and one that is empty not at all', () => {
  expect(chooseLanguage(undefined, { LC_ALL: 'sv_SE.UTF-8', LC_MESSAGES: 'fi_FI', LANG: 'en_GB' })).toBe('sv');
  expect(chooseLanguage(undefined, { LC_ALL: '', LC_MESSAGES: 'fi_FI', LANG: 'sv_FI' })).toBe('fi');
  expect(chooseLanguage(undefined, { LANG: 'sv_FI@euro' })).toBe('sv');
});

it('any other locale is answered in English', () => {
  for (const LANG of ['C', 'C.UTF-8', 'POSIX', 'de_DE.UTF-8', 'fil_PH', 'svx', '']) {
    expect(chooseLanguage(undefined, { LANG })).toBe('en');
  }
  expect(chooseLanguage(undefined, {})).toBe('en');
});
