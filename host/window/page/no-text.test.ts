import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '@sigill/core';
import { describe, expect, it } from 'vitest';

const page = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.ts$/.test(name) && !name.startsWith('vite'))
  .map((name) => ({ name, text: readFileSync(join(page, name), 'utf8') }));

describe('no text stands in the page’s code', () => {
  it('neither between tags nor in an attribute that is read out', () => {
    expect(sources.flatMap(({ name, text }) => wordsIn(text).map((word) => `${name}: ${word}`))).toEqual([]);
  });

  it('and the check would see some', () => {
    expect(wordsIn('html`<p>Hello ${name}</p>`')).toEqual(['Hello']);
    expect(wordsIn("html`<p title='Hello'>${a ? html`<b>you</b>` : ''}</p>`")).toEqual(['you', "title='Hello"]);
    expect(sources.length).toBeGreaterThan(30);
  });
});

describe('the words of the page', () => {
  const [en = {}, ...others] = languages.map(wordsOf);

  it('have the same keys in each language, each with its own words', () => {
    for (const other of others) {
      expect(Object.keys(other)).toEqual(Object.keys(en));
      const same = Object.entries(en).filter(([key, word]) => word.length > 12 && other[key] === word);
      expect(same).toEqual([]);
    }
  });

  it('hold no placeholder: the page fills in nothing', () => {
    for (const words of [en, ...others]) expect(Object.values(words).filter((word) => /[{}<>]/.test(word))).toEqual([]);
  });

  it('are all that the code asks for, and no more', () => {
    const code = sources.map(({ text }) => text).join('\n');
    const asked = [...code.matchAll(/[`'](page\.[\w.$\{\}-]+)[`']/g)].map(([, key = '']) => key);
    const patterns = asked.map(
      (key) => new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
    );
    const exact = asked.filter((key) => !key.includes('$'));
    expect(exact.filter((key) => !(key in en))).toEqual([]);
    expect(Object.keys(en).filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });
});

function wordsOf(language: string): Record<string, string> {
  const file = new URL(`../../messages/page/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** Letters between the tags of templates, and in attributes for people; the product's own name may stand. */
function wordsIn(code: string): string[] {
  const between: string[] = [];
  const attributes: string[] = [];
  for (const template of templates(code)) {
    attributes.push(
      ...(template.match(/\b(?:title|alt|label|hint|summary|placeholder|aria-label)=["'](?!\0)[^"'\0]+/g) ?? []),
    );
    const text = template.replace(/<[^>]*>/g, '\n').replaceAll('\0', '\n');
    between.push(...(text.match(/\p{L}{2,}/gu) ?? []).filter((word) => word !== 'Sigill'));
  }
  return [...between, ...attributes];
}

/** The static parts of `html` templates, nested ones included, `\0` for each expression. */
function templates(code: string): string[] {
  const found: string[] = [];
  for (const start of code.matchAll(/\bhtml`/g)) {
    let text = '';
    let depth = 0;
    for (let at = start.index + 5; at < code.length; at++) {
      if (depth === 0 && code[at] === '`') break;
      if (depth === 0 && code.startsWith('${', at)) text += '\0';
      if (code[at] === '{') depth++;
      if (depth === 0 && code[at] !== '$') text += code[at];
      if (code[at] === '}') depth--;
    }
    found.push(text);
  }
  return found;
}
