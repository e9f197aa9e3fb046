import { Lexer, type Word } from './lexer.js';
import { limits } from './limits.js';
import { type PdfValue, pdfNull } from './objects.js';
import { damaged, tooComplex } from './pdf-error.js';

/** Reads one object; words that close nothing end it. Fails with `pdf-damaged` and `pdf-too-complex`. */
export function parseValue(lexer: Lexer): PdfValue {
  const value = parse(lexer, lexer.next(), 0);
  if (isWord(value)) throw damaged(`"${value.word.slice(0, 20)}" instead of an object`);
  return value;
}

/** True for a token that is no object. */
export function isWord(token: PdfValue | Word, word?: string): token is Word {
  return (
    typeof token === 'object' && 'kind' in token && token.kind === 'word' && (word === undefined || token.word === word)
  );
}

function parse(lexer: Lexer, token: PdfValue | Word, depth: number): PdfValue | Word {
  if (depth > limits.depth) throw tooComplex('nesting');
  if (typeof token === 'number') return reference(lexer, token);
  if (!isWord(token)) return token;
  if (token.word === '[') return array(lexer, depth);
  if (token.word === '<<') return dictionary(lexer, depth);
  if (token.word === 'true') return true;
  if (token.word === 'false') return false;
  if (token.word === 'null') return pdfNull;
  return token;
}

/** A number, or the reference that begins with it. */
function reference(lexer: Lexer, num: number): PdfValue {
  if (!Number.isInteger(num) || num < 0) return num;
  const behind = lexer.pos;
  const gen = lexer.next();
  if (typeof gen === 'number' && Number.isInteger(gen) && gen >= 0 && gen <= 65_535) {
    if (isWord(lexer.next(), 'R')) return { kind: 'ref', num, gen };
  }
  lexer.pos = behind;
  return num;
}

function array(lexer: Lexer, depth: number): PdfValue {
  const items: PdfValue[] = [];
  for (;;) {
    const item = parse(lexer, lexer.next(), depth + 1);
    if (!isWord(item)) items.push(item);
    else if (item.word === ']') return items;
    else if (!ignorable(item)) throw damaged(`"${item.word.slice(0, 20)}" in an array`);
  }
}

function dictionary(lexer: Lexer, depth: number): PdfValue {
  const entries = new Map<string, PdfValue>();
  for (;;) {
    const key = lexer.next();
    if (isWord(key, '>>')) return { kind: 'dict', entries };
    if (isWord(key) && !ignorable(key)) throw damaged(`"${key.word.slice(0, 20)}" in a dictionary`);
    if (typeof key !== 'object' || !('kind' in key) || key.kind !== 'name') continue;
    const value = parse(lexer, lexer.next(), depth + 1);
    if (isWord(value, '>>')) return { kind: 'dict', entries };
    if (isWord(value) && !ignorable(value)) throw damaged(`"${value.word.slice(0, 20)}" in a dictionary`);
    // A null entry is the same as none (§7.3.7), but stays when the dictionary is written again.
    if (!isWord(value)) entries.set(key.name, value);
  }
}

/** Stray words inside an object; those that show where another object begins or the document ends are not. */
function ignorable({ word }: Word): boolean {
  return !['end', 'endobj', 'obj', 'stream', 'endstream', 'xref', 'trailer', 'startxref', ']', '>>', '>'].includes(
    word,
  );
}
