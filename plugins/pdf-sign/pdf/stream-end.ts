import type { Objects } from './objects-reader.js';
import { as, asInteger, type PdfStream, type PdfValue } from './objects.js';
import { damaged, isPdfError, tooComplex } from './pdf-error.js';
import { latin } from './text.js';
import { limits } from './limits.js';

/** Offset behind a stream's data: by its /Length, or where `endstream` stands when that is wrong. */
export async function streamEnd(objects: Objects, stream: PdfStream): Promise<number> {
  const length = asInteger(await lengthOf(objects, stream));
  if (length !== undefined && length >= 0 && stream.start + length <= objects.blocks.size) {
    const behind = latin(await objects.blocks.read(stream.start + length, 16));
    if (/^\s*endstream/.test(behind)) return stream.start + length;
  }
  return searchedEnd(objects, stream.start);
}

async function lengthOf(objects: Objects, stream: PdfStream): Promise<PdfValue | undefined> {
  const length = stream.dict.entries.get('Length');
  const to = as('ref', length);
  // A length inside an object stream could need itself to be read.
  if (to !== undefined && (await objects.xref.entry(to.num))?.kind === 'in') return undefined;
  try {
    return await objects.resolve(length);
  } catch (error) {
    if (isPdfError(error, 'pdf-damaged')) return undefined;
    throw error;
  }
}

async function searchedEnd(objects: Objects, start: number): Promise<number> {
  const step = 65_536;
  for (let at = start; at < objects.blocks.size; at += step - 16) {
    if (at - start > limits.stream) throw tooComplex('a stream');
    const text = latin(await objects.blocks.read(at, step));
    const found = text.indexOf('endstream');
    if (found < 0) continue;
    const before = text.slice(Math.max(0, found - 2), found);
    return at + found - (before.endsWith('\r\n') ? 2 : /[\r\n]$/.test(before) ? 1 : 0);
  }
  throw damaged('a stream without end');
}
