import type { Budget } from './budget.js';
import { decodeStream } from './filters.js';
import { readIndirect } from './indirect.js';
import { limits } from './limits.js';
import { as, asArray, asInteger, asName, type PdfDict } from './objects.js';
import { damaged, tooComplex } from './pdf-error.js';
import type { Blocks } from './source.js';
import type { Entries, Entry } from './xref.js';

/** The cross-reference stream at `offset` (ISO 32000-1 §7.5.8). */
export async function readXrefStream(
  blocks: Blocks,
  offset: number,
  base: number,
  budget: Budget,
): Promise<{ readonly own: number; readonly entries: Entries; readonly trailer: PdfDict }> {
  const { num, value } = await readIndirect(blocks, offset, budget);
  const stream = as('stream', value);
  if (stream === undefined || asName(stream.dict.entries.get('Type')) !== 'XRef') {
    throw damaged('no cross-reference stream');
  }
  const { entries } = stream.dict;
  const length = asInteger(entries.get('Length'));
  if (length === undefined || length < 0 || stream.start + length > blocks.size) {
    throw damaged('the length of a cross-reference stream');
  }
  if (length > limits.stream) throw tooComplex('a cross-reference stream');
  const rows = decodeStream(stream.dict, await blocks.read(stream.start, length), budget);
  return { own: num, entries: rowEntries(stream.dict, rows, base), trailer: stream.dict };
}

function rowEntries(dict: PdfDict, rows: Uint8Array, base: number): Entries {
  const [kindWidth = -1, secondWidth = -1, thirdWidth = -1] = (asArray(dict.entries.get('W')) ?? []).map(
    (width) => asInteger(width) ?? -1,
  );
  const widths = [kindWidth, secondWidth, thirdWidth];
  if (widths.some((width) => width < 0 || width > 8)) throw damaged('the widths of a cross-reference stream');
  const width = kindWidth + secondWidth + thirdWidth;
  const size = asInteger(dict.entries.get('Size')) ?? 0;
  const index = (asArray(dict.entries.get('Index')) ?? [0, size]).map((number) => asInteger(number) ?? -1);
  if (width === 0 || index.some((number) => number < 0)) throw damaged('a cross-reference stream');
  const parts: { first: number; count: number; row: number }[] = [];
  let row = 0;
  const most = Math.floor(rows.length / width);
  for (let at = 0; at + 1 < index.length && row < most; at += 2) {
    const [first = 0, wanted = 0] = index.slice(at, at + 2);
    // What the data does not hold is not there.
    const count = Math.min(wanted, most - row);
    if (first + count > limits.number + 1) throw tooComplex('object numbers');
    parts.push({ first, count, row });
    row += count;
  }
  const field = (start: number, length: number): number => {
    let value = 0;
    for (let at = start; at < start + length; at += 1) value = value * 256 + (rows[at] ?? 0);
    return value;
  };
  const entryAt = (at: number): Entry => {
    const start = at * width;
    const kind = kindWidth === 0 ? 1 : field(start, kindWidth);
    const second = field(start + kindWidth, secondWidth);
    const third = field(start + kindWidth + secondWidth, thirdWidth);
    if (kind === 1) return { kind: 'at', offset: second + base, gen: third };
    return kind === 2 ? { kind: 'in', stream: second, index: third } : { kind: 'free' };
  };
  return {
    most: Math.max(-1, ...parts.map(({ first, count }) => first + count - 1)),
    async entry(num) {
      const part = parts.find(({ first, count }) => num >= first && num < first + count);
      return part === undefined ? undefined : entryAt(part.row + num - part.first);
    },
    *numbers() {
      for (const { first, count } of parts) for (let at = 0; at < count; at += 1) yield first + at;
    },
  };
}
