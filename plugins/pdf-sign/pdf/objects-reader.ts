import type { Budget } from './budget.js';
import { type Crypt, decrypt, decryptStrings } from './crypt.js';
import { decodeStream } from './filters.js';
import { readIndirect } from './indirect.js';
import { limits } from './limits.js';
import { type Packed, readPacked } from './object-stream.js';
import { as, asInteger, asName, type PdfDict, pdfNull, type PdfStream, type PdfValue } from './objects.js';
import { damaged, tooComplex } from './pdf-error.js';
import type { Blocks } from './source.js';
import { streamEnd } from './stream-end.js';
import type { Xref } from './xref.js';

/** An object as the newest of the sections knows it, its strings in clear. */
export interface Loaded {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
}

/** Objects kept in memory. */
const kept = 500;
/** Decoded object streams kept in memory, bytes. */
const keptBytes = 16 * 1024 * 1024;

/** Reads the objects of a document by number, one at a time. Fails with `pdf-damaged` and `pdf-too-complex`. */
export class Objects {
  readonly blocks: Blocks;
  readonly xref: Xref;
  readonly budget: Budget;
  readonly crypt: Crypt | undefined;
  /** Object that holds /Encrypt: its strings are in clear. */
  readonly #lock: number | undefined;
  readonly #loaded = new Map<number, Loaded>();
  readonly #packed = new Map<number, Packed>();
  #packedBytes = 0;

  constructor(blocks: Blocks, xref: Xref, budget: Budget, crypt?: Crypt, lock?: number) {
    this.blocks = blocks;
    this.xref = xref;
    this.budget = budget;
    this.crypt = crypt;
    this.#lock = lock;
  }

  /** The same document as it was before its `newest` sections. */
  before(newest: number): Objects {
    return new Objects(this.blocks, this.xref.before(newest), this.budget, this.crypt, this.#lock);
  }

  /** Object `num`, or undefined when the document has none. */
  async load(num: number): Promise<Loaded | undefined> {
    const known = this.#loaded.get(num);
    if (known !== undefined) return known;
    this.budget.load();
    const loaded = await this.#read(num);
    if (loaded === undefined) return undefined;
    const oldest = this.#loaded.size >= kept ? this.#loaded.keys().next().value : undefined;
    if (oldest !== undefined) this.#loaded.delete(oldest);
    this.#loaded.set(num, loaded);
    return loaded;
  }

  /** What a value is behind its references; null when there is nothing. */
  async resolve(value: PdfValue | undefined): Promise<PdfValue> {
    let found = value ?? pdfNull;
    for (let step = 0; step < limits.references; step += 1) {
      const to = as('ref', found);
      if (to === undefined) return found;
      const loaded = await this.load(to.num);
      found = loaded?.gen === to.gen ? loaded.value : pdfNull;
    }
    throw tooComplex('references');
  }

  /** The dictionary that a value is, or whose stream it is. */
  async dict(value: PdfValue | undefined): Promise<PdfDict | undefined> {
    const found = await this.resolve(value);
    return as('dict', found) ?? as('stream', found)?.dict;
  }

  /** Entry of a dictionary, resolved; null when there is none. */
  async get(dict: PdfDict | undefined, key: string): Promise<PdfValue> {
    return this.resolve(dict?.entries.get(key));
  }

  /** The decoded data of stream `num`. */
  async data(num: number, gen: number, stream: PdfStream): Promise<Uint8Array> {
    const entries = new Map(stream.dict.entries);
    for (const key of ['Filter', 'DecodeParms', 'F', 'DP']) {
      const value = await this.#direct(entries.get(key));
      if (value !== undefined) entries.set(key, value);
    }
    const end = await streamEnd(this, stream);
    if (end - stream.start > limits.stream) throw tooComplex('a stream');
    const raw = await this.blocks.read(stream.start, end - stream.start);
    const dict: PdfDict = { kind: 'dict', entries };
    return decodeStream(dict, this.#clear(num, gen, dict, raw), this.budget);
  }

  async #direct(value: PdfValue | undefined): Promise<PdfValue | undefined> {
    if (value === undefined) return undefined;
    const found = await this.resolve(value);
    if (!Array.isArray(found)) return found;
    return Promise.all((found as readonly PdfValue[]).slice(0, 10).map((item) => this.resolve(item)));
  }

  #clear(num: number, gen: number, dict: PdfDict, raw: Uint8Array): Uint8Array {
    if (this.crypt === undefined) return raw;
    const type = asName(dict.entries.get('Type'));
    if (type === 'XRef' || (type === 'Metadata' && !this.crypt.encryptMetadata)) return raw;
    const clear = decrypt(this.crypt, this.crypt.streams, num, gen, raw);
    if (clear === undefined) throw damaged('an encrypted stream', num);
    return clear;
  }

  async #read(num: number): Promise<Loaded | undefined> {
    const entry = await this.xref.entry(num);
    if (entry === undefined || entry.kind === 'free') return undefined;
    if (entry.kind === 'in') {
      const value = (await this.#unpack(entry.stream)).get(num);
      if (value === undefined) throw damaged('an object is missing in its object stream', num);
      return { num, gen: 0, value };
    }
    const found = await readIndirect(this.blocks, entry.offset, this.budget);
    if (found.num !== num || found.gen !== entry.gen) throw damaged('another object stands at its offset', num);
    const secret = this.crypt !== undefined && num !== this.#lock;
    const value = secret ? decryptStrings(this.crypt, num, found.gen, found.value) : found.value;
    return { num, gen: found.gen, value };
  }

  async #unpack(num: number): Promise<Packed> {
    const known = this.#packed.get(num);
    if (known !== undefined) return known;
    const entry = await this.xref.entry(num);
    if (entry?.kind !== 'at') throw damaged('an object stream is missing', num);
    const loaded = await this.load(num);
    const stream = as('stream', loaded?.value);
    if (loaded === undefined || stream === undefined) throw damaged('an object stream is missing', num);
    const bytes = await this.data(num, loaded.gen, stream);
    const count = asInteger(await this.get(stream.dict, 'N')) ?? -1;
    const first = asInteger(await this.get(stream.dict, 'First')) ?? -1;
    const found = readPacked(bytes, count, first, this.budget);
    this.#packedBytes += bytes.length;
    if (this.#packedBytes > keptBytes) {
      this.#packed.clear();
      this.#packedBytes = bytes.length;
    }
    this.#packed.set(num, found);
    return found;
  }
}
