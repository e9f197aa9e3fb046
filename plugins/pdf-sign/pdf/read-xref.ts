import type { Budget } from './budget.js';
import { Lexer } from './lexer.js';
import { limits } from './limits.js';
import { asInteger } from './objects.js';
import { damaged, isPdfError, PdfError, tooComplex } from './pdf-error.js';
import type { Blocks } from './source.js';
import { latin } from './text.js';
import { type Section, Xref } from './xref.js';
import { readXrefStream } from './xref-stream.js';
import { readTable } from './xref-table.js';

/** How far from where `startxref` points the section is looked for. */
export const near = 1024;

/** Offset of `%PDF`, in the first KiB. Fails with `pdf-none`. */
export async function headerOffset(blocks: Blocks): Promise<number> {
  const at = latin(await blocks.read(0, 1029)).indexOf('%PDF-');
  if (at < 0) throw new PdfError('pdf-none', {});
  return at;
}

/** All cross-reference sections, newest first. Fails with `pdf-damaged` when one of them cannot be read. */
export async function readXref(blocks: Blocks, budget: Budget): Promise<Xref> {
  const header = await headerOffset(blocks);
  const start = await startXref(blocks, budget, blocks.size);
  try {
    return await chain(blocks, start, header, budget);
  } catch (error) {
    // Some writers count from the file's first byte although others stand before the header.
    if (header === 0 || !isPdfError(error, 'pdf-damaged')) throw error;
    return chain(blocks, start, 0, budget);
  }
}

/** The last `startxref` before `end`: where the revision that ends there says its cross-references begin. Fails with `pdf-damaged`. */
export async function startXref(blocks: Blocks, budget: Budget, end: number): Promise<number> {
  const from = Math.max(0, end - 2048);
  const tail = await blocks.read(from, end - from);
  const at = latin(tail).lastIndexOf('startxref');
  if (at < 0) throw damaged('no startxref');
  const offset = new Lexer(tail, budget, { pos: at + 9 }).next();
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset <= 0) throw damaged('startxref');
  return offset;
}

async function chain(blocks: Blocks, start: number, base: number, budget: Budget): Promise<Xref> {
  const sections: Section[] = [];
  const seen = new Set<number>();
  let kept = 0;
  for (let next: number | undefined = start; next !== undefined;) {
    if (seen.has(next)) throw damaged('cross-reference sections in a loop');
    if (seen.size >= limits.sections) throw tooComplex('revisions');
    seen.add(next);
    const section: Section = await readSection(blocks, next + base, base, budget);
    kept += section.entries.most + (section.hidden?.most ?? 0);
    if (kept > limits.xref) throw tooComplex('cross-reference sections');
    sections.push(section);
    const prev = section.trailer.entries.get('Prev');
    if (prev !== undefined && asInteger(prev) === undefined) throw damaged('/Prev');
    next = asInteger(prev);
    // A few writers end the chain with 0.
    if (next === 0) break;
  }
  return new Xref(sections, base);
}

async function readSection(blocks: Blocks, wanted: number, base: number, budget: Budget): Promise<Section> {
  const { kind, offset } = await locate(blocks, wanted);
  if (kind === 'stream') {
    return { kind, offset, ...(await readXrefStream(blocks, offset, base, budget)) };
  }
  const { entries, trailer } = await readTable(blocks, offset, base, budget);
  const hiddenAt = asInteger(trailer.entries.get('XRefStm'));
  if (hiddenAt === undefined) return { kind, offset, entries, trailer };
  const hidden = await readXrefStream(blocks, hiddenAt + base, base, budget);
  return { kind, offset, entries, trailer, hidden: hidden.entries, hiddenOwn: hidden.own };
}

/** The section at an offset, or the nearest to it when the offset is a little off. */
async function locate(blocks: Blocks, wanted: number): Promise<{ kind: 'table' | 'stream'; offset: number }> {
  const exact = kindAt(latin(await blocks.read(wanted, 64)));
  if (exact !== undefined) return { kind: exact.kind, offset: wanted + exact.skip };
  const from = Math.max(0, wanted - near);
  const text = latin(await blocks.read(from, 2 * near));
  const found = [...text.matchAll(/(?<![a-z])xref(?=\s+\d)/g)]
    .map(({ index }) => from + index)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  const offset = found[0];
  if (offset === undefined) throw damaged('no cross-reference section where one must be');
  return { kind: 'table', offset };
}

function kindAt(text: string): { kind: 'table' | 'stream'; skip: number } | undefined {
  const skip = /^[\0\t\n\f\r ]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(skip);
  if (/^xref(?=\s)/.test(rest)) return { kind: 'table', skip };
  return /^\d+\s+\d+\s+obj/.test(rest) ? { kind: 'stream', skip } : undefined;
}
