/** Writes the numbers and bytes of a message (p11-kit/rpc-message.c). */
export class WireWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  byte(value: number): this {
    this.#room(1)[0] = value;
    return this;
  }

  uint32(value: number): this {
    this.#room(4).set([value >>> 24, value >>> 16, value >>> 8, value]);
    return this;
  }

  /** CK_ULONG, 64 bits; −1 has all of them set. */
  ulong(value: number): this {
    if (value < 0) return this.uint32(0xffff_ffff).uint32(0xffff_ffff);
    return this.uint32(Math.floor(value / 0x1_0000_0000)).uint32(value % 0x1_0000_0000);
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length).set(bytes);
    return this;
  }

  /** Bytes after their length; `undefined` is a null pointer. */
  counted(bytes: Uint8Array | undefined): this {
    return bytes === undefined ? this.uint32(0xffff_ffff) : this.uint32(bytes.length).raw(bytes);
  }

  /** `ay`. */
  bytes(bytes: Uint8Array): this {
    return this.byte(1).counted(bytes);
  }

  /** `ay` and `au` without the array: the caller has no room for `length`, or asked for nothing else. */
  lengthOnly(length: number): this {
    return this.byte(0).uint32(length);
  }

  /** `au`. */
  ulongs(values: readonly number[]): this {
    this.byte(1).uint32(values.length);
    for (const value of values) this.ulong(value);
    return this;
  }

  /** `s`: text in exactly `length` bytes, cut between characters and filled up with spaces. */
  padded(text: string, length: number): this {
    return this.counted(padded(text, length));
  }

  /** `v`. */
  version(major: number, minor: number): this {
    return this.byte(major).byte(minor);
  }

  /** What was written, as an array of its own. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(length: number): Uint8Array {
    const end = this.#length + length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#length = end;
    return this.#bytes.subarray(end - length, end);
  }
}

/** UTF-8 in exactly `length` bytes, filled up with spaces; a character that does not fit whole is left out. */
export function padded(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(0x20);
  let at = 0;
  for (const character of text) {
    const encoded = new TextEncoder().encode(character);
    if (at + encoded.length > length) break;
    bytes.set(encoded, at);
    at += encoded.length;
  }
  return bytes;
}
