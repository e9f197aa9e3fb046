import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const here = new URL('.', import.meta.url);
const texts = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, here), 'utf8')) as Record<string, string>;

/** What the code names, and what it makes of the members of its unions. */
function keys(): readonly string[] {
  const source = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!test)\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name, here), 'utf8'))
    .join('\n');
  const members = (name: string): string[] => {
    const [, union = ''] = new RegExp(`type ${name} =([^;]*);`).exec(source) ?? [];
    return [...union.matchAll(/'([a-z-]+)'/g)].map(([, member = '']) => member);
  };
  return [
    ...[...source.matchAll(/'(smime(?:\.[a-z-]+)+)'/g)].map(([, key = '']) => key),
    ...members('MailTrouble').map((code) => `smime.${code}`),
    ...members('ChainVerdict').map((verdict) => `smime.chain.${verdict}`),
    ...['valid', 'invalid', 'uncertain', 'unsigned'].map((verdict) => `smime.verify.${verdict}`),
    ...['valid', 'changed', 'invalid', 'unknown', 'no-certificate'].map((state) => `smime.signer.${state}`),
    ...['same', 'differs', 'no-address'].map((from) => `smime.from.${from}`),
  ];
}

describe('the words about single mails', () => {
  it.each(['en', 'sv', 'fi'])('are all there in %s, and none is left over', (language) => {
    const own = Object.keys(texts(language)).filter((key) => key.startsWith('smime.'));
    expect(own.toSorted()).toEqual([...new Set(keys())].toSorted());
  });
});
