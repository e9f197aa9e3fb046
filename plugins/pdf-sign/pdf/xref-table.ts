import type { Budget } from './budget.js';
import { reading } from './indirect.js';
import { type Lexer, isSpace } from './lexer.js';
import { limits } from './limits.js';
import { as, type PdfDict } from './objects.js';
import { isWord, parseValue } from './parser.js';
import { damaged, tooComplex } from './pdf-error.js';
import type { Blocks } from './source.js';
import { latin } from './text.js';
import type { Entries, Entry } from './xref.js';

/** One subsection: read from its place when its lines have 20 bytes each, else read at once. */
interface Subsection {
  first: number;
  readonly count: number;
  readonly offset: number;
  readonly lines?: readonly Entry[];
}

/** The table that begins at `offset` with `xref`, and its trailer. */
export async function readTable(
  blocks: Blocks,
  offset: number,
  base: number,
  budget: Budget,
): Promise<{ readonly entries: Entries; readonly trailer: PdfDict }> {
  const subsections: Subsection[] = [];
  let at = await reading(blocks, offset, budget, (lexer) => {
    if (!isWord(lexer.next(), 'xref')) throw damaged('no cross-reference table');
    return offset + lexer.pos;
  });
  for (;;) {
    const header = await reading(blocks, at, budget, (lexer) => headerOf(lexer));
    if (header === 'trailer') break;
    if (subsections.length > 100_000) throw tooComplex('subsections');
    const { subsection, end } = await readSubsection(
      blocks,
      header.first,
      header.count,
      at + header.length,
      base,
      budget,
    );
    subsections.push(subsection);
    at = end;
  }
  const trailer = await reading(blocks, at, budget, (lexer) => {
    lexer.next();
    return as('dict', parseValue(lexer));
  });
  if (trailer === undefined) throw damaged('no trailer');
  if (countsFromOne(trailer, subsections)) await shiftFirst(blocks, subsections[0], base);
  return { entries: tableEntries(blocks, base, subsections), trailer };
}

function headerOf(
  lexer: Lexer,
): 'trailer' | { readonly first: number; readonly count: number; readonly length: number } {
  const first = lexer.next();
  if (isWord(first, 'trailer')) return 'trailer';
  const count = lexer.next();
  if (typeof first !== 'number' || typeof count !== 'number') throw damaged('a cross-reference table');
  if (!(Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count >= 0)) {
    throw damaged('a cross-reference table');
  }
  if (first + count > limits.number + 1) throw tooComplex('object numbers');
  // One more byte tells that the number has ended.
  lexer.skipSpace();
  return { first, count, length: lexer.pos };
}

async function readSubsection(
  blocks: Blocks,
  first: number,
  count: number,
  offset: number,
  base: number,
  budget: Budget,
): Promise<{ subsection: Subsection; end: number }> {
  const end = offset + 20 * count;
  if (count === 0) return { subsection: { first, count, offset }, end: offset };
  // What follows lines of 20 bytes is a trailer or a header; a last line may lack the blank at its end.
  if (end <= blocks.size && lineOf(await blocks.read(end - 20, 20), base) !== undefined) {
    const next = latin(await blocks.read(end - 1, 12));
    const middle = lineOf(await blocks.read(offset + 20 * (count >> 1), 20), base);
    if (middle !== undefined && /^[\0\s]\s*(trailer|\d+\s)/.test(next))
      return { subsection: { first, count, offset }, end };
  }
  if (offset + count * 17 > blocks.size) throw damaged('a cross-reference table');
  const lines: Entry[] = [];
  let at = offset;
  while (lines.length < count) {
    at = await reading(blocks, at, budget, (lexer) => {
      const [place, gen, kind] = [lexer.next(), lexer.next(), lexer.next()];
      if (typeof place !== 'number' || typeof gen !== 'number' || !isWord(kind))
        throw damaged('a cross-reference table');
      lines.push(kind.word === 'n' ? { kind: 'at', offset: place + base, gen } : { kind: 'free' });
      return at + lexer.pos;
    });
  }
  return { subsection: { first, count, offset, lines }, end: at };
}

function lineOf(bytes: Uint8Array, base: number): Entry | undefined {
  const found = /^(\d{10}) (\d{5}) ([nf])/.exec(latin(bytes));
  if (found === null || !isSpace(bytes[18])) return undefined;
  if (found[3] === 'f') return { kind: 'free' };
  return { kind: 'at', offset: Number(found[1]) + base, gen: Number(found[2]) };
}

/** Some writers count from 1 but list object 0 first: a whole table one line longer than its /Size lets it be. */
function countsFromOne(trailer: PdfDict, subsections: readonly Subsection[]): boolean {
  const [only, more] = subsections;
  if (only?.first !== 1 || more !== undefined || trailer.entries.has('Prev')) return false;
  return trailer.entries.get('Size') === only.count;
}

async function shiftFirst(blocks: Blocks, subsection: Subsection | undefined, base: number): Promise<void> {
  if (subsection?.first !== 1 || subsection.count === 0) return;
  const line = subsection.lines?.[0] ?? lineOf(await blocks.read(subsection.offset, 20), base);
  const text = latin(await blocks.read(subsection.offset, 16));
  if (line?.kind === 'free' && /^0000000000\s65535/.test(text)) subsection.first = 0;
}

function tableEntries(blocks: Blocks, base: number, subsections: readonly Subsection[]): Entries {
  return {
    most: Math.max(-1, ...subsections.map(({ first, count }) => first + count - 1)),
    async entry(num) {
      const found = subsections.findLast(({ first, count }) => num >= first && num < first + count);
      if (found === undefined) return undefined;
      if (found.lines !== undefined) return found.lines[num - found.first];
      const line = lineOf(await blocks.read(found.offset + 20 * (num - found.first), 20), base);
      if (line === undefined) throw damaged('a cross-reference table');
      return line;
    },
    *numbers() {
      for (const { first, count } of subsections) for (let at = 0; at < count; at += 1) yield first + at;
    },
  };
}
