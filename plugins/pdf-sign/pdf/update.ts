import { concatBytes, randomBytes } from '@noble/hashes/utils.js';
import { limits } from './limits.js';
import { asArray, asInteger, dict, type PdfDict, type PdfRef, type PdfValue, ref, withEntries } from './objects.js';
import type { Objects } from './objects-reader.js';
import { referencesIn } from './references.js';
import { serializeObject } from './serialize.js';
import { bytesOf, latin } from './text.js';
import { xrefStream, xrefTable } from './write-xref.js';
import type { Entry, Section, Xref } from './xref.js';

/** Keys that belong to one cross-reference section and are not taken into the next. */
const ofSection = [
  'Prev',
  'XRefStm',
  'Size',
  'Type',
  'W',
  'Index',
  'Length',
  'Filter',
  'DecodeParms',
  'F',
  'FFilter',
  'FDecodeParms',
  'DL',
];

/** Objects that are to be appended to a document as one revision. */
export class Update {
  readonly #objects: Objects;
  readonly #changed = new Map<number, { readonly gen: number; readonly value: PdfValue }>();
  #next: number;

  constructor(objects: Objects) {
    this.#objects = objects;
    this.#next = firstFree(objects.xref);
  }

  /** Keeps a number for a new object. */
  reserve(): PdfRef {
    const num = this.#next;
    this.#next += 1;
    return ref(num);
  }

  /** A new object. */
  add(value: PdfValue): PdfRef {
    const to = this.reserve();
    this.set(to, value);
    return to;
  }

  /** New content for an object, under its number. */
  set({ num, gen }: PdfRef, value: PdfValue): void {
    this.#changed.set(num, { gen, value });
  }

  /** What an object is after the changes made so far. */
  async current(to: PdfRef): Promise<PdfValue> {
    return this.#changed.get(to.num)?.value ?? this.#objects.resolve(to);
  }

  /**
   * The bytes to append to the document, and where each object begins in the new document. The cross-reference section is of the
   * kind of the newest one; after a repair it lists every object and has no predecessor.
   */
  async bytes(): Promise<{ readonly bytes: Uint8Array; readonly places: ReadonlyMap<number, number> }> {
    const { blocks, xref, crypt } = this.#objects;
    const parts: Uint8Array[] = [];
    let at = blocks.size;
    const put = (part: Uint8Array): void => {
      parts.push(part);
      at += part.length;
    };
    // Only added to: the last line end may belong to what an earlier signature covers.
    if (!/[\r\n]/.test(latin(await blocks.read(blocks.size - 1, 1)))) put(bytesOf('\n'));
    const entries = new Map<number, Entry>();
    const places = new Map<number, number>();
    for (const [num, { gen, value }] of this.#changed) {
      entries.set(num, { kind: 'at', offset: at - xref.base, gen });
      places.set(num, at);
      put(serializeObject(num, gen, value, crypt));
    }
    const [newest] = xref.sections;
    const packed = xref.repaired ? await takeOver(xref, entries) : false;
    const asStream = newest?.kind === 'stream' || packed;
    const start = at - xref.base;
    const id = newId(xref.fromTrailers('ID'), xref.fromTrailers('Encrypt') !== undefined);
    const trailer = this.#trailer(newest, id);
    put(
      asStream
        ? xrefStream(this.#next, start, entries, trailer)
        : xrefTable(entries, withEntries(trailer, { Size: this.#next })),
    );
    put(bytesOf(`startxref\n${start}\n%%EOF\n`));
    return { bytes: concatBytes(...parts), places };
  }

  #trailer(newest: Section | undefined, id: PdfValue | undefined): PdfDict {
    const { xref } = this.#objects;
    const gone = Object.fromEntries(ofSection.map((key) => [key, undefined]));
    const own = (key: string): PdfValue | undefined => xref.fromTrailers(key);
    return withEntries(withEntries(newest?.trailer ?? dict({}), gone), {
      Root: own('Root'),
      Info: own('Info'),
      Encrypt: own('Encrypt'),
      ID: id,
      Prev: xref.repaired || newest === undefined ? undefined : newest.offset - xref.base,
    });
  }
}

/**
 * The first number that nothing in the document uses: not in a section, not as a stream's own, not below a /Size that can be believed, and
 * not in a trailer, whose reference to an object that is not there (LibreOffice's /AdditionalStreams) must not come to mean one of ours.
 */
function firstFree(xref: Xref): number {
  const used = xref.sections.flatMap(({ entries, hidden, own, hiddenOwn, trailer }) => {
    const size = asInteger(trailer.entries.get('Size')) ?? 0;
    return [
      entries.most + 1,
      (hidden?.most ?? -1) + 1,
      (own ?? -1) + 1,
      (hiddenOwn ?? -1) + 1,
      size <= limits.number ? size : 0,
      ...referencesIn(trailer).map((num) => (num < limits.number ? num + 1 : 0)),
    ];
  });
  return used.reduce((most, one) => Math.max(most, one), 1);
}

/** Entries of all objects of a repaired document; true when some of them are in object streams. */
async function takeOver(xref: Xref, entries: Map<number, Entry>): Promise<boolean> {
  let packed = false;
  const [newest] = xref.sections;
  for (const num of newest?.entries.numbers() ?? []) {
    const entry = await newest?.entries.entry(num);
    if (entry === undefined) continue;
    packed ||= entry.kind === 'in';
    if (!entries.has(num))
      entries.set(num, entry.kind === 'at' ? { ...entry, offset: entry.offset - xref.base } : entry);
  }
  if (!entries.has(0)) entries.set(0, { kind: 'free' });
  return packed;
}

/** ISO 32000-1 §14.4: the first part stays, the second is new. A document without one gets none when its key hangs on it. */
function newId(old: PdfValue | undefined, encrypted: boolean): PdfValue | undefined {
  const fresh: PdfValue = { kind: 'string', bytes: randomBytes(16), hex: true, clear: true };
  const first = asArray(old)?.[0];
  if (first !== undefined) return [first, fresh];
  return encrypted ? old : [fresh, fresh];
}
