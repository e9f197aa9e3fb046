import { readdirSync, readFileSync } from 'node:fs';
import type { ProfileId, ProgramProfile } from '@sigill/core';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { panelText } from './panel-text.js';
import { fingerprint, listed, nameIn, ProfileWords } from './words.js';

const here = new URL('.', import.meta.url);
const texts = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, here), 'utf8')) as Record<string, string>;
const profile: ProgramProfile = {
  id: 'a' as ProfileId,
  program: 'thunderbird',
  packaging: 'flatpak',
  name: 'person',
  folder: '~/x',
  registered: false,
  identities: [],
};

describe('the words of the set-up', () => {
  it('each key that the code names, or makes of a kind, is there in all languages', () => {
    const source = readdirSync(here)
      .filter((name) => /(?<!test)\.ts$/.test(name))
      .map((name) => readFileSync(new URL(name, here), 'utf8'))
      .join('\n');
    const named = [...source.matchAll(/'(email\.[a-z-]+(?:\.[a-z-]+)+)'/g)]
      .map(([, key = '']) => key)
      .filter((key) => key !== 'email.set-up' && !/^email\.(apply|check|undo|plan)$/.test(key));
    const made = [
      ...['plan', 'done'].flatMap((tense) =>
        ['module', 'database', 'authority', 'account'].map((kind) => `${tense}.${kind}`),
      ),
      ...['running', 'snap', 'flatpak', 'read-only', 'unreadable', 'password', 'tool', 'module', 'changed'].map(
        (why) => `left.${why}`,
      ),
      ...['valid', 'untrusted', 'failed', 'untried'].map((state) => `sign.${state}`),
      ...['loaded', 'not-loaded', 'absent', 'untried'].map((state) => `test.${state}`),
      ...['address', 'expired', 'early', 'usage'].map((why) => `unmatched.${why}`),
    ].map((key) => `email.${key}`);
    for (const language of ['en', 'sv', 'fi']) {
      expect(
        [...new Set([...named, ...made])].filter((key) => !(key in texts(language))),
        language,
      ).toEqual([]);
      expect(Object.keys(texts(language))).toEqual(Object.keys(texts('en')));
    }
  });

  it('each language has the same facts in it, and its own words', () => {
    const facts = (text = ''): readonly string[] => [...new Set(namesIn(parse(text)))].sort();
    for (const [key, text] of Object.entries(texts('en'))) {
      for (const language of ['sv', 'fi']) {
        const other = texts(language)[key];
        expect(facts(other), `${language} ${key}`).toEqual(facts(text));
        expect(other, key).not.toBe(text);
      }
    }
  });

  it('says where, and of a program in a box which box', () => {
    const words = new ProfileWords([profile]);
    expect(words.left({ profile: profile.id, why: 'confined' })).toEqual({
      key: 'email.left.flatpak',
      values: { where: 'Thunderbird (person, ~/x)' },
    });
    expect(
      words.change({ kind: 'account', profile: profile.id, address: 'a@b', signing: true, encryption: false }, 'done'),
    ).toMatchObject({
      values: { use: 'signing' },
    });
  });

  it('names and fingerprints as people read them', () => {
    expect(nameIn('C=FI,CN=A\\, B,O=x')).toBe('A, B');
    expect(nameIn('O=only')).toBe('O=only');
    expect(fingerprint('0a1b')).toBe('0A:1B');
    expect([listed([]), listed(['a', 'b'])]).toEqual(['none', 'a, b']);
    expect(panelText('trust.confirm', { name: 'CA' })).toMatchObject({ sv: expect.stringContaining('”CA”') as string });
  });
});

/** The placeholders of a parsed text, those inside of choices too. */
function namesIn(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.argument) return [element.value];
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    return [element.value, ...Object.values(element.options).flatMap(({ value }) => namesIn(value))];
  });
}
