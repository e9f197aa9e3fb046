import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { hostMessages, readTexts } from './texts.js';

const entries = (folder: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(hostMessages, folder, `${language}.json`), 'utf8')) as Record<string, string>;

const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name))].sort();

describe.each(['pin-page', 'window'])('every text of %s', (folder) => {
  const all = languages.map((language) => entries(folder, language));
  const [en = {}, ...others] = all;

  it('is in all languages, in words of their own, with the same facts in it', () => {
    for (const other of others) {
      expect(Object.keys(other)).toEqual(Object.keys(en));
      for (const [key, text] of Object.entries(en)) {
        expect(placeholders(other[key] ?? ''), key).toEqual(placeholders(text));
        if (text.length > 25) expect(other[key], key).not.toBe(text);
      }
    }
  });

  it('can be read with every fact', () => {
    for (const language of languages) {
      const texts = readTexts(join(hostMessages, folder), language);
      for (const left of [0, 1, 2, 'unknown']) {
        const keys = Object.keys(en).filter((key) => left !== 'unknown' || key.startsWith('last.'));
        for (const key of keys) {
          const values = {
            left,
            max: 5,
            count: 2,
            codes: 'A',
            label: 'B',
            field: 'C',
            digits: '4–8',
            minutes: 10,
            name: 'D',
            at: 1,
          };
          expect(texts.text(key, values)).not.toMatch(/unknown|[{}#]/);
        }
      }
    }
  });
});
