import { readdirSync, readFileSync } from 'node:fs';
import { languages } from '@sigill/core';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const texts = languages.map((language) => JSON.parse(read(`../messages/${language}.json`)) as Record<string, string>);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted();

/** Sub-indications and faults that sentences are made of, as their types list them. */
const union = (path: string, name: string): string[] => {
  const [, body = ''] = new RegExp(`export type ${name} =([^;]*);`).exec(read(path)) ?? [];
  return [...body.matchAll(/'([^']+)'/g)].map(([, text = '']) => text);
};

describe('each verdict has words', () => {
  const sources = readdirSync(new URL('.', import.meta.url))
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => read(`./${name}`))
    .join('\n');
  const named = [
    ...[...sources.matchAll(/'verify\.([\w.-]+)'/g)].map(([, key = '']) => key),
    ...[...sources.matchAll(/\bsay\(\s*(?:index === 0 \? )?'?[\w ='?:]+',\s*(?:proven \? )?'([a-z-]+)'/g)].map(
      ([, key = '']) => key,
    ),
    ...[...sources.matchAll(/\bnote\('([a-z-]+)'/g)].map(([, key = '']) => `note.${key}`),
    ...union('../timestamp/check-token.ts', 'TokenFault').map((fault) => `stamp.${fault}`),
    'expired',
    ...['FORMAT', 'HASH', 'SIG_CRYPTO', 'SIG_CONSTRAINTS', 'CRYPTO_CONSTRAINTS'].map(
      (fault) => `fault.${fault}_FAILURE`,
    ),
    'fault.NO_SIGNING_CERTIFICATE_FOUND',
  ];
  const keys = [...new Set(named)].map((key) => `verify.${key}`).toSorted();

  it.each(languages.map((language, at) => [language, texts[at] ?? {}] as const))('in %s, and no others', (_, words) => {
    const there = Object.keys(words).filter((key) => key.startsWith('verify.'));
    expect(there.toSorted()).toEqual(keys);
    for (const key of keys) expect(words[key], key).toMatch(/^\p{Lu}.*\.$/u);
  });

  it('with the same facts in all languages', () => {
    for (const key of keys) {
      const wanted = placeholders(texts[0]?.[key] ?? '');
      for (const words of texts) expect(placeholders(words[key] ?? ''), key).toEqual(wanted);
    }
  });
});
