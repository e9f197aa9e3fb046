import { damaged } from './pdf-error.js';

/** Bytes of a document, wherever they are. `read` gives at most 1 MiB, and fewer bytes than asked for only at the end. */
export interface Source {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Bytes of one block. */
const block = 65_536;
/** Blocks kept. */
const kept = 64;
/** Blocks fetched by one read. */
const together = 16;

/** A document read in blocks, of which the last used are kept: 4 MiB, whatever the document's size. */
export class Blocks {
  readonly size: number;
  readonly #source: Source;
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(source: Source) {
    this.#source = source;
    this.size = source.size;
  }

  /** Bytes from `offset`: `length` of them, or those up to the document's end. Not to be changed. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const start = Math.max(0, offset);
    const end = Math.min(this.size, offset + length);
    if (end <= start) return new Uint8Array(0);
    const first = Math.floor(start / block);
    const last = Math.floor((end - 1) / block);
    if (first === last) {
      const bytes = await this.#block(first);
      return bytes.subarray(start - first * block, end - first * block);
    }
    const whole = new Uint8Array(end - start);
    for (let index = first; index <= last; index += 1) {
      const bytes = await this.#block(index, Math.min(together, last - index + 1));
      const from = Math.max(start, index * block);
      const to = Math.min(end, (index + 1) * block);
      whole.set(bytes.subarray(from - index * block, to - index * block), from - start);
    }
    return whole;
  }

  async #block(index: number, ahead = 1): Promise<Uint8Array> {
    const known = this.#blocks.get(index);
    if (known !== undefined) {
      this.#blocks.delete(index);
      this.#blocks.set(index, known);
      return known;
    }
    const offset = index * block;
    const wanted = Math.min(ahead * block, this.size - offset);
    const bytes = await this.#source.read(offset, wanted);
    if (bytes.length !== wanted) throw damaged('the document ends early');
    // Copies, so that one block does not keep the memory of all that came with it.
    for (let at = 0; at < wanted; at += block) {
      this.#blocks.set(index + at / block, Uint8Array.from(bytes.subarray(at, at + block)));
    }
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= kept) break;
      this.#blocks.delete(oldest);
    }
    return this.#blocks.get(index) ?? bytes.subarray(0, block);
  }
}

/** Bytes in memory as a source. */
export function sourceOf(bytes: Uint8Array): Source {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}
