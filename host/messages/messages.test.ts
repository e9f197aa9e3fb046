import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FailureCode, type FailureData, languages } from '@sigill/core';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { failureText } from './failure-text.js';
import { hostMessages, hostTexts } from './texts.js';

const source = readFileSync(new URL('../../core/failure.ts', import.meta.url), 'utf8');
const entries = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(hostMessages, `${language}.json`), 'utf8')) as Record<string, string>;

describe('every failure has words', () => {
  const table = failures();

  it('the table of failures was read', () => {
    expect(table.size).toBeGreaterThan(45);
    expect(table.get('guard-tries-changed')).toEqual(['pin', 'shown', 'triesLeft']);
  });

  it.each(languages)('in %s: each code has a text whose placeholders are its facts', (language) => {
    const texts = entries(language);
    for (const [code, facts] of table) {
      expect(texts, code).toHaveProperty([code]);
      const allowed = new Set(facts.flatMap(placeholdersOf));
      expect(
        [...placeholders(texts[code] ?? '')].filter((name) => !allowed.has(name)),
        code,
      ).toEqual([]);
    }
  });

  it.each(languages)(
    'in %s: each reads as a sentence, with all facts and with those that may be missing left out',
    (language) => {
      const texts = hostTexts(language);
      for (const [code, facts] of table) {
        for (const filled of [sample(facts, true), sample(facts, false)]) {
          const text = failureText(texts, { code: code as FailureCode, facts: filled });
          expect(text).toMatch(/^\p{Lu}.*\.$/su);
          expect(text).not.toMatch(/unknown|undefined|[{}#]|\bpin\./);
        }
      }
    },
  );
});

it.each([
  ['en', /^.*Set: the basic code \(PIN1\)\. It is not known whether the signature code \(PIN2\) is set\./],
  ['sv', /Vald: baskoden \(PIN1\)\. Det är inte känt om signaturkoden \(PIN2\) blev vald\./],
  ['fi', /Asetettu: perustunnusluku \(PIN1\)\. Ei ole tiedossa, onko allekirjoitustunnusluku \(PIN2\) asetettu\./],
] as const)('in %s: a code whose setting was not answered is not called missing', (language, words) => {
  const cause = { code: 'outcome-unknown', facts: { pin: 'PIN2' } } as const;
  const facts = { done: ['PIN1'], missing: ['PIN2'], cause };
  expect(failureText(hostTexts(language), { code: 'activation-incomplete', facts })).toMatch(words);
});

describe('every text is in all languages', () => {
  const [en, ...others] = languages.map((language) => entries(language));

  it('with the same keys', () => {
    for (const other of others) expect(Object.keys(other)).toEqual(Object.keys(en ?? {}));
  });

  it('with the same facts in it', () => {
    for (const [key, text] of Object.entries(en ?? {})) {
      const wanted = [...placeholders(text)].map(plain).sort();
      for (const other of others) {
        const found = [...placeholders(other[key] ?? '')].map(plain).sort();
        expect(new Set(found), key).toEqual(new Set(wanted));
      }
    }
  });

  it('with its own words: no text of one language stands in another', () => {
    const same = Object.entries(en ?? {}).filter(([, text]) => text.length > 25 && !text.startsWith('{'));
    for (const other of others) {
      expect(same.filter(([key, text]) => other[key] === text).map(([key]) => key)).toEqual(['demo.try']);
    }
  });

  it('and all that the code asks for is there', () => {
    const asked = sources(join(hostMessages, '..', 'cli')).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\btext\(\s*'([^']+)'/g)].map(([, key = '']) => key),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((key) => !(key in (en ?? {})))).toEqual([]);
  });
});

it('the wrong code is told in the words of the issuers', () => {
  const wrong: FailureData = { code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 3 } };
  const beginning = (language: 'en' | 'sv' | 'fi') =>
    failureText(hostTexts(language), wrong).split('. ').slice(0, 2).join('. ');
  expect(languages.map(beginning)).toEqual([
    'The basic code (PIN1) was wrong. 3 tries are left',
    'Baskoden (PIN1) var fel. 3 försök kvar',
    'Perustunnusluku (PIN1) oli väärä. 3 yritystä jäljellä',
  ]);
});

it('a locked code begins with the sentence that Swedish holders know', () => {
  const locked: FailureData = { code: 'pin-locked', facts: { pin: 'PIN2' } };
  expect(failureText(hostTexts('sv'), locked)).toMatch(/^Koden är låst! /);
});

it('a code that a newer part of the program knows is told all the same', () => {
  const unheard = { code: 'from-tomorrow' as FailureCode, facts: {} };
  expect(failureText(hostTexts('en'), unheard)).toContain('from-tomorrow');
});

/** Codes and the names of their facts, read from the table itself. */
function failures(): Map<string, string[]> {
  const table = /export interface Failures \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? '';
  const rows = [...table.matchAll(/^ {2}'?([a-z-]+)'?: (.*);$/gm)];
  return new Map(
    rows.map(([, code = '', facts = '']) => [code, [...facts.matchAll(/(\w+\??):/g)].map(([, name = '']) => name)]),
  );
}

function placeholdersOf(fact: string): string[] {
  const name = fact.replace('?', '');
  if (name === 'pin') return ['pin', 'pinName', 'pinThe', 'PinThe', 'pinOf'];
  if (name === 'field') return ['field', 'Field'];
  if (name === 'command') return ['command', 'plugin'];
  if (name === 'min' || name === 'max') return [name, 'lengths'];
  // A PIN whose setting was sent and not answered: neither set nor missing.
  if (name === 'missing') return [name, 'unsure'];
  return [name];
}

/** One name for all forms of a PIN, and for a field at the start of a sentence. */
const plain = (name: string): string => name.replace(/^[pP]in(Name|The|Of)?$/, 'pin').replace('Field', 'field');

function sample(facts: readonly string[], all: boolean): Record<string, unknown> {
  const numbers = ['triesLeft', 'shown', 'min', 'max', 'seconds', 'most', 'line'];
  const lists = ['readers', 'pins', 'done', 'missing', 'cards'];
  const value = (name: string): unknown => {
    if (numbers.includes(name)) return 4;
    if (lists.includes(name)) return name === 'readers' || name === 'cards' ? ['A', 'B'] : ['PIN1', 'PIN2'];
    if (name === 'cause') return { code: 'cancelled', facts: {} };
    return name === 'pin' ? 'PIN1' : name === 'field' ? 'new:PIN1' : `the-${name}`;
  };
  const wanted = facts.filter((fact) => all || !fact.endsWith('?')).map((fact) => fact.replace('?', ''));
  return Object.fromEntries(wanted.map((name) => [name, value(name)]));
}

function placeholders(text: string): Set<string> {
  const found = new Set<string>();
  const walk = (elements: ReturnType<typeof parse>): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if ('value' in element) found.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(text, { ignoreTag: true }));
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => join(folder, name));
}

it('a reason that the system gives as a code is told in words, any other as it is', () => {
  const told = (language: 'en' | 'sv' | 'fi', why: string) =>
    failureText(hostTexts(language), { code: 'file-unreadable', facts: { path: 'a.pdf', why } }).split('. ')[0];
  expect(told('en', 'ENOENT')).toBe('The file a.pdf could not be read: there is no such file or folder');
  expect(told('sv', "ENOENT: no such file or directory, open 'a.pdf'")).toBe(
    'Filen a.pdf kunde inte läsas: det finns ingen sådan fil eller mapp',
  );
  expect(told('fi', 'EACCES')).toBe('Tiedostoa a.pdf ei voitu lukea: siihen ei ole oikeutta');
  expect(told('en', 'ESTALE')).toBe('The file a.pdf could not be read: ESTALE');
});
