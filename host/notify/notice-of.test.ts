import { languages } from '@sigill/core';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostMessages, readEntries } from '../messages/texts.js';
import type { CardNews } from './card-news.js';
import { cardNotice, endNotice, notifyTexts } from './notice-of.js';

const reader = 'Gemalto PC Twin Reader 00 00';
const news: readonly CardNews[] = [
  { kind: 'not-activated', reader },
  { kind: 'half-activated', reader },
  { kind: 'locked', reader, pin: 'PIN1' },
  { kind: 'locked', reader, pin: 'PUK' },
  { kind: 'expiring', reader, certificate: 'ab', until: '2026-12-01T00:00:00Z' },
];
const said = (language: (typeof languages)[number]) => {
  const texts = notifyTexts(language);
  const end = (failed: boolean, more = {}) => endNotice({ id: '1', title: 'Verify', failed, ...more }, [reader], texts);
  return [
    ...news.map((one) => cardNotice(one, [reader], texts)),
    ...[false, true].flatMap((failed) => [end(failed), end(failed, { reader })]),
  ];
};

describe('a notice', () => {
  it('has words in every language, the same keys in each', () => {
    const keys = languages.map((language) => Object.keys(readEntries(join(hostMessages, 'notify'), language)));
    expect(keys[1]).toEqual(keys[0]);
    expect(keys[2]).toEqual(keys[0]);
    for (const language of languages)
      for (const { title, text, action } of said(language))
        expect([title, text, action].join(' ')).not.toMatch(/notify\.|[{}]/);
  });

  it('says what is so, where, and what can be done', () => {
    expect(said('sv').slice(2, 5)).toMatchObject([
      {
        title: 'Koden är låst!',
        text: 'Baskoden (PIN1) på kortet i Gemalto PC Twin Reader är låst. Den låses upp med PUK-koden, i Sigill.',
        place: 'codes',
      },
      { title: 'PUK-koden är låst' },
      { text: expect.stringContaining('1 december 2026'), place: 'devices' },
    ]);
    expect(said('en')[0]?.place).toBe(`activation:${reader}`);
  });

  it('is one line, whatever a reader calls itself', () => {
    const name = 'A\nreader\u202e of many';
    const { text } = cardNotice({ kind: 'not-activated', reader: name }, [name], notifyTexts('en'));
    expect(text).toContain('It is in A reader of many.');
  });
});
