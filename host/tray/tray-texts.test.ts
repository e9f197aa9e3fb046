import { readdirSync, readFileSync } from 'node:fs';
import { languages } from '@sigill/core';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { expect, it } from 'vitest';

const own = new URL('../messages/tray/', import.meta.url);
const entries = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${language}.json`, own), 'utf8')) as Record<string, string>;
const [en = {}, ...others] = languages.map(entries);

it('all languages have the same keys, in the same order', () => {
  for (const other of others) expect(Object.keys(other)).toEqual(Object.keys(en));
});

it('all languages tell the same facts, whatever the form of a code’s name', () => {
  for (const [key, text] of Object.entries(en)) {
    for (const other of others) expect(facts(other[key] ?? ''), key).toEqual(facts(text));
  }
});

it('no text of one language stands in another', () => {
  const same = Object.entries(en).filter(([key, text]) => others.some((other) => other[key] === text));
  expect(same.map(([key]) => key)).toEqual([
    'tray.card',
    'tray.menu.reader',
    'tray.language.sv',
    'tray.language.fi',
    'tray.language.en',
  ]);
});

it('every text that the tray asks for is there, and every one that is there is asked for', () => {
  const folder = new URL('./', import.meta.url);
  const code = readdirSync(folder)
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const asked = [...code.matchAll(/['"`](tray\.[a-z.-]+)(?:\$|['"`])/g)].map(([, key = '']) => key);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((key) => !Object.keys(en).some((known) => known === key || known.startsWith(key)))).toEqual([]);
  const spoken = (key: string): boolean =>
    asked.some((part) => part === key || (part.endsWith('.') && key.startsWith(part)));
  expect(Object.keys(en).filter((key) => !spoken(key))).toEqual([]);
});

/** Names of a text's placeholders; `pinThe` and `pinOf` are `pinName` in other forms. */
function facts(text: string): readonly string[] {
  const found = new Set<string>();
  const walk = (elements: ReturnType<typeof parse>): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if ('value' in element) found.add(element.value.replace(/^pin(The|Of)$/, 'pinName'));
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(text));
  return [...found].sort();
}
