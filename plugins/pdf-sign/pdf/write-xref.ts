import { name, type PdfDict, withEntries } from './objects.js';
import { serialize, serializeObject } from './serialize.js';
import { bytesOf } from './text.js';
import type { Entry } from './xref.js';

/** A cross-reference table with its trailer, up to `startxref`. */
export function xrefTable(entries: ReadonlyMap<number, Entry>, trailer: PdfDict): Uint8Array {
  const line = (num: number): string => {
    const entry = entries.get(num);
    if (entry?.kind !== 'at') return '0000000000 65535 f \n';
    return `${String(entry.offset).padStart(10, '0')} ${String(entry.gen).padStart(5, '0')} n \n`;
  };
  const sections = runs([...entries.keys()]).map(
    ({ first, numbers }) => `${first} ${numbers.length}\n${numbers.map(line).join('')}`,
  );
  return bytesOf(`xref\n${sections.join('')}trailer\n${serialize(trailer)}\n`);
}

/** A cross-reference stream with number `num` at `start`, which lists itself too; its trailer is its dictionary. */
export function xrefStream(num: number, start: number, entries: Map<number, Entry>, trailer: PdfDict): Uint8Array {
  entries.set(num, { kind: 'at', offset: start, gen: 0 });
  const parts = runs([...entries.keys()]);
  const numbers = parts.flatMap((part) => part.numbers);
  // Offsets up to 2^40; a longer document has none in a table either.
  const rows = new Uint8Array(numbers.length * 8);
  numbers.forEach((one, row) => {
    const entry = entries.get(one) ?? { kind: 'free' };
    const kind = entry.kind === 'at' ? 1 : entry.kind === 'in' ? 2 : 0;
    const second = entry.kind === 'at' ? entry.offset : entry.kind === 'in' ? entry.stream : 0;
    const third = entry.kind === 'at' ? entry.gen : entry.kind === 'in' ? entry.index : 65_535;
    rows[row * 8] = kind;
    for (let at = 0; at < 5; at += 1) rows[row * 8 + 1 + at] = Math.floor(second / 256 ** (4 - at)) & 0xff;
    rows.set([third >> 8, third & 0xff], row * 8 + 6);
  });
  const head = withEntries(trailer, {
    Type: name('XRef'),
    Size: num + 1,
    W: [1, 5, 2],
    Index: parts.flatMap((part) => [part.first, part.numbers.length]),
  });
  return serializeObject(num, 0, { kind: 'stream', dict: head, start: -1, data: rows }, undefined);
}

/** Numbers in runs, as the subsections list them. */
function runs(numbers: readonly number[]): { first: number; numbers: number[] }[] {
  const found: { first: number; numbers: number[] }[] = [];
  for (const num of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last.first + last.numbers.length === num) last.numbers.push(num);
    else found.push({ first: num, numbers: [num] });
  }
  return found;
}
