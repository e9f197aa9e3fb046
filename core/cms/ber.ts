/** One encoded object (X.690): slices of the bytes that it was read from, nothing copied. */
export interface Ber {
  /** The identifier byte, with class and constructed bit: 30 is SEQUENCE, a0 is [0] constructed. */
  readonly tag: number;
  /** Whole encoding, tag and length included. */
  readonly raw: Uint8Array;
  readonly value: Uint8Array;
}

/** Foreign bytes that are not what they should be; never leaves the functions that read a whole structure. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** The object that `bytes` begin with; more bytes may follow. Definite lengths only. Fails with `Malformed`. */
export function firstOf(bytes: Uint8Array, at = 0): Ber {
  const tag = bytes[at];
  const short = bytes[at + 1];
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw new Malformed('tag');
  let start = at + 2;
  let length = short;
  if (short >= 0x80) {
    const count = short & 0x7f;
    if (count === 0 || count > 4 || start + count > bytes.length) throw new Malformed('length');
    length = 0;
    for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
    start += count;
  }
  if (length > bytes.length - start) throw new Malformed('length');
  return { tag, raw: bytes.subarray(at, start + length), value: bytes.subarray(start, start + length) };
}

/** The objects one after the other in `value`. Fails with `Malformed`. */
export function* each(value: Uint8Array): Generator<Ber> {
  for (let at = 0; at < value.length;) {
    const found = firstOf(value, at);
    yield found;
    at += found.raw.length;
  }
}

/** All objects inside one; `tag` says what it must be. At most 10,000. Fails with `Malformed`. */
export function inside(object: Ber | undefined, tag: number): readonly Ber[] {
  if (object?.tag !== tag) throw new Malformed(`tag ${tag.toString(16)}`);
  const found: Ber[] = [];
  for (const part of each(object.value)) {
    if (found.push(part) > 10_000) throw new Malformed('too many parts');
  }
  return found;
}

/** Takes objects one after the other: `next(tag)` must be there, `maybe(tag)` may. */
export class Parts {
  #at = 0;
  readonly #parts: readonly Ber[];

  constructor(parts: readonly Ber[]) {
    this.#parts = parts;
  }

  /** The next object. Fails with `Malformed` when there is none or its tag is another. */
  next(tag?: number): Ber {
    const part = this.#parts[this.#at];
    if (!part || (tag !== undefined && part.tag !== tag)) throw new Malformed(`tag ${tag?.toString(16) ?? ''}`);
    this.#at += 1;
    return part;
  }

  /** The next object when its tag is one of `tags`. */
  maybe(...tags: readonly number[]): Ber | undefined {
    const part = this.#parts[this.#at];
    if (!part || !tags.includes(part.tag)) return undefined;
    this.#at += 1;
    return part;
  }

  /** All that is left. */
  rest(): readonly Ber[] {
    return this.#parts.slice(this.#at);
  }
}

/** Parts of a SEQUENCE (or of what has another `tag`), to be taken one after the other. */
export const partsOf = (object: Ber | undefined, tag = 0x30): Parts => new Parts(inside(object, tag));

/** What `read` gives, or undefined when it meets malformed bytes. A bug still throws. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
