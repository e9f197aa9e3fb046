import type { Budget } from './budget.js';
import { readIndirect, reading } from './indirect.js';
import { limits } from './limits.js';
import { Objects } from './objects-reader.js';
import { as, asInteger, asName, dict, type PdfDict, type PdfValue, withEntries } from './objects.js';
import { readPacked } from './object-stream.js';
import { parseValue } from './parser.js';
import { damaged, isPdfError } from './pdf-error.js';
import { headerOffset } from './read-xref.js';
import { scan } from './scan.js';
import type { Blocks } from './source.js';
import { type Entries, type Entry, type Section, Xref } from './xref.js';

/** Keys of a trailer that belong to the document and not to its cross-reference section. */
const trailerKeys = ['Root', 'Info', 'ID', 'Encrypt'];

/**
 * Cross-references made by reading the whole document: of objects with one number the last counts.
 * Objects inside object streams are found when the document is not encrypted. Fails with `pdf-damaged` without a catalog.
 */
export async function repairXref(blocks: Blocks, budget: Budget): Promise<Xref> {
  const base = await headerOffset(blocks);
  const { objects, trailers } = await scan(blocks, budget);
  const entries = new Map<number, Entry>();
  for (const { num, gen, offset } of objects) {
    if (num <= limits.number && gen <= 65_535) entries.set(num, { kind: 'at', offset, gen });
  }
  const found: PdfDict[] = [];
  for (const offset of trailers) found.push(...(await trailerAt(blocks, offset, budget)));
  const first = new Xref([section(entries, dict({}))], base, true);
  const looked = await lookInside(new Objects(blocks, first, budget), [...entries], entries);
  found.push(...looked.trailers);
  const trailer = trailerKeys.reduce(
    (kept, key) => {
      const value = found.findLast((one) => one.entries.has(key))?.entries.get(key);
      return withEntries(kept, { [key]: value });
    },
    dict({ Size: Math.max(0, ...entries.keys()) + 1 }),
  );
  const root = as('ref', trailer.entries.get('Root')) ?? looked.catalog;
  if (root === undefined) throw damaged('no catalog');
  return new Xref([section(entries, withEntries(trailer, { Root: root }))], base, true);
}

function section(entries: ReadonlyMap<number, Entry>, trailer: PdfDict): Section {
  const numbers = [...entries.keys()].sort((a, b) => a - b);
  const listed: Entries = {
    most: numbers.at(-1) ?? -1,
    entry: async (num) => entries.get(num),
    numbers: () => numbers,
  };
  return { kind: 'table', offset: -1, trailer, entries: listed };
}

async function trailerAt(blocks: Blocks, offset: number, budget: Budget): Promise<PdfDict[]> {
  return orNothing([], async () => {
    const value = await reading(blocks, offset, budget, (lexer) => {
      lexer.next();
      return parseValue(lexer);
    });
    const trailer = as('dict', value);
    return trailer === undefined ? [] : [trailer];
  });
}

/** Reads each object once: for object streams, whose objects it adds, for the trailers of cross-reference streams, and for a catalog. */
async function lookInside(
  objects: Objects,
  places: readonly (readonly [number, Entry])[],
  entries: Map<number, Entry>,
): Promise<{ readonly trailers: readonly PdfDict[]; readonly catalog: PdfValue | undefined }> {
  const trailers: { offset: number; trailer: PdfDict }[] = [];
  let catalog: PdfValue | undefined;
  for (const [num, entry] of places) {
    if (entry.kind !== 'at') continue;
    const value = await orNothing(
      undefined,
      async () => (await readIndirect(objects.blocks, entry.offset, objects.budget)).value,
    );
    const stream = as('stream', value);
    const type = asName((stream?.dict ?? as('dict', value))?.entries.get('Type'));
    if (value === undefined) entries.delete(num);
    if (type === 'Catalog') catalog = { kind: 'ref', num, gen: entry.gen };
    if (stream === undefined) continue;
    if (type === 'XRef') trailers.push({ offset: entry.offset, trailer: stream.dict });
    if (type === 'ObjStm') {
      // What an object stream holds must not be lost: a document whose streams cannot be opened is not repaired.
      const data = await objects.data(num, entry.gen, stream);
      const count = asInteger(await objects.get(stream.dict, 'N')) ?? -1;
      const packed = readPacked(data, count, asInteger(await objects.get(stream.dict, 'First')) ?? -1, objects.budget);
      packed.numbers.forEach((inside, index) => {
        const other = entries.get(inside);
        // An object of its own behind the stream is newer than the one in it.
        if (other?.kind !== 'at' || other.offset < entry.offset)
          entries.set(inside, { kind: 'in', stream: num, index });
      });
      catalog ??= catalogIn(packed);
    }
  }
  return { trailers: trailers.sort((a, b) => a.offset - b.offset).map(({ trailer }) => trailer), catalog };
}

function catalogIn(packed: {
  numbers: readonly number[];
  get(num: number): PdfValue | undefined;
}): PdfValue | undefined {
  const num = packed.numbers.find((one) => asName(as('dict', packed.get(one))?.entries.get('Type')) === 'Catalog');
  return num === undefined ? undefined : { kind: 'ref', num, gen: 0 };
}

/** What cannot be read is passed over; a bound that is reached is not. */
async function orNothing<T>(nothing: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isPdfError(error, 'pdf-damaged')) return nothing;
    throw error;
  }
}
