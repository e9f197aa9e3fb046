import type { Budget } from './budget.js';
import { isSpace, Lexer, needMore } from './lexer.js';
import { limits } from './limits.js';
import { as, type PdfValue } from './objects.js';
import { isWord, parseValue } from './parser.js';
import { damaged, tooComplex } from './pdf-error.js';
import type { Blocks } from './source.js';

/** An object at its place in the document. */
export interface Indirect {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
  /** Offset behind what was read. */
  readonly end: number;
}

/** Runs `read` on a growing window from `offset` until what it reads ends inside. */
export async function reading<T>(
  blocks: Blocks,
  offset: number,
  budget: Budget,
  read: (lexer: Lexer) => T,
): Promise<T> {
  if (offset < 0 || offset >= blocks.size) throw damaged('an offset outside of the document');
  for (let length = 2048; ; length *= 4) {
    if (length > limits.object) throw tooComplex('the size of an object');
    const bytes = await blocks.read(offset, length);
    try {
      return read(new Lexer(bytes, budget, { whole: offset + bytes.length >= blocks.size }));
    } catch (error) {
      if (error !== needMore) throw error;
    }
  }
}

/** The object at `offset`: `7 0 obj …`. Fails with `pdf-damaged` when there is none. */
export function readIndirect(blocks: Blocks, offset: number, budget: Budget): Promise<Indirect> {
  return reading(blocks, offset, budget, (lexer) => {
    const num = lexer.next();
    const gen = lexer.next();
    const word = lexer.next();
    if (typeof num !== 'number' || typeof gen !== 'number' || !isWord(word)) throw damaged('no object at its offset');
    // `obj` may be glued to what follows: `1 0 obj42`.
    if (word.word !== 'obj') throw damaged('no object at its offset');
    const value = bodyOf(lexer);
    const behind = lexer.pos;
    const dict = as('dict', value);
    if (dict === undefined || !isWord(lexer.next(), 'stream')) {
      lexer.pos = behind;
      return { num, gen, value, end: offset + behind };
    }
    // §7.3.8.1: the word is followed by CR LF or LF; a CR alone and spaces are met.
    let at = lexer.pos;
    if (lexer.bytes.length - at < 4 && offset + lexer.bytes.length < blocks.size) throw needMore;
    while (lexer.bytes[at] === 32 && isSpace(lexer.bytes[at + 1])) at += 1;
    if (lexer.bytes[at] === 13) at += 1;
    if (lexer.bytes[at] === 10) at += 1;
    return { num, gen, value: { kind: 'stream', dict, start: offset + at }, end: offset + at };
  });
}

function bodyOf(lexer: Lexer): PdfValue {
  const before = lexer.pos;
  if (isWord(lexer.next(), 'endobj')) {
    lexer.pos = before;
    return { kind: 'null' };
  }
  lexer.pos = before;
  return parseValue(lexer);
}
