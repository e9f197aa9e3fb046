import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '@sigill/core';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { hostMessages, readEntries } from '../messages/texts.js';
import { deskWords } from './desk-texts.js';

const desk = join(hostMessages, 'desk');
const plugins = fileURLToPath(new URL('../../plugins', import.meta.url));
const [en = {}, ...others] = languages.map((language) => readEntries(desk, language));

describe('the words of the window', () => {
  it('are in all languages, with the same facts in them', () => {
    for (const other of others) {
      expect(Object.keys(other)).toEqual(Object.keys(en));
      for (const [key, text] of Object.entries(en)) expect(facts(other[key] ?? ''), key).toEqual(facts(text));
    }
  });

  it('that are sentences differ from one language to the next', () => {
    const sentences = Object.entries(en).filter(([, text]) => text.length > 25 && !text.startsWith('{'));
    expect(sentences.length).toBeGreaterThan(30);
    for (const other of others) for (const [key, text] of sentences) expect(other[key], key).not.toBe(text);
  });

  it('speak of buttons: nobody is sent to the command line', () => {
    for (const entries of [en, ...others])
      for (const [key, text] of Object.entries(entries))
        expect(text, key).not.toMatch(/sigill (?!\w+ (?:is|ei|är))\w+|--\w/);
  });

  it('stand in place of the host’s own where those speak of commands', () => {
    const host = readEntries(hostMessages, 'en');
    const shownInWindow = Object.keys(host).filter(
      (key) =>
        !/^(?:demo|help|start|quit|usage|host-absent|host-ended|host\.other-version|reader-choice|internal|simulated-busy)/.test(
          key,
        ),
    );
    for (const language of languages) {
      const { texts } = deskWords(language);
      const entries = { ...readEntries(hostMessages, language), ...readEntries(desk, language) };
      expect(texts.has('state.ready')).toBe(true);
      const commands = shownInWindow.filter((key) => /“sigill |”sigill |: sigill |--[a-z]/.test(entries[key] ?? ''));
      expect(commands).toEqual([]);
    }
  });

  it('tell of everything that a plugin may use', () => {
    const { texts } = deskWords('en');
    const manifests = readdirSync(plugins).map((name) => readFileSync(join(plugins, name, 'package.json'), 'utf8'));
    const asked = new Set(
      manifests.flatMap(
        (text) => (JSON.parse(text) as { sigill: { permissions?: string[] } }).sigill.permissions ?? [],
      ),
    );
    expect(asked.size).toBe(Object.keys(en).filter((key) => key.startsWith('permission.')).length);
    expect([...asked].filter((permission) => !texts.has(`permission.${permission}`))).toEqual([]);
  });

  it('are all there that the code asks for', () => {
    const folders = ['.', '../resident'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
    const asked = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /(?<!\.test)\.ts$/.test(name))
        .flatMap((name) => [
          ...readFileSync(join(folder, name), 'utf8').matchAll(/(?:text\(|key: )\s*'([^']+\.[^']+)'/g),
        ])
        .map(([, key = '']) => key),
    );
    expect(asked.length).toBeGreaterThan(20);
    const { texts } = deskWords('en');
    expect(asked.filter((key) => !texts.has(key))).toEqual([]);
  });
});

it('a locked code is told in the words that Swedish holders know', () => {
  expect(deskWords('sv').texts.text('next.pin-locked', { PinThe: '', pinThe: 'baskoden (PIN1)' })).toMatch(
    /^Koden är låst! /,
  );
});

/** Names of placeholders; a PIN’s forms count as one. */
function facts(text: string): readonly string[] {
  const found = new Set<string>();
  const walk = (elements: ReturnType<typeof parse>): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if ('value' in element)
        found.add(element.value.replace(/^[pP]in(Name|The|Of)?$/, 'pin').replace('Field', 'field'));
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(text, { ignoreTag: true }));
  return [...found].sort();
}
