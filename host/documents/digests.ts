import { createHash, type Hash } from 'node:crypto';
import { type ByteRange, type DigestAlgorithm, Failure } from '@sigill/core';

/** Reads at most `length` bytes, into `room` where that is given; fewer only at the end. */
export type ReadAt = (offset: number, length: number, room?: Buffer) => Promise<Uint8Array>;

/** Bytes that are read at a time, so that nothing else of the host waits long. */
const piece = 524_288;

const names: Readonly<Record<DigestAlgorithm, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * Digests of bytes whose first `size` do not change. What is computed over all of those is kept as a running hash, so that a digest of
 * them and of what comes after costs what comes after: a document is read once for each algorithm, however often it is asked for.
 */
export class Digests {
  readonly #size: number;
  readonly #read: ReadAt;
  readonly #check: () => Promise<void>;
  readonly #whole = new Map<DigestAlgorithm, Promise<Hash>>();

  /** `check` fails when the bytes that were read before it are not those of the document any more. */
  constructor(size: number, read: ReadAt, check: () => Promise<void> = () => Promise.resolve()) {
    this.#size = size;
    this.#read = read;
    this.#check = check;
  }

  /** A hash over all bytes, for going on with. */
  async whole(algorithm: DigestAlgorithm): Promise<Hash> {
    const running = this.#whole.get(algorithm) ?? this.#begin([algorithm]).then(([hash]) => hash as Hash);
    return (await running).copy();
  }

  /** Makes digests that will be wanted: all bytes are read once for all of them. Fails as reading does. */
  async begin(algorithms: readonly DigestAlgorithm[]): Promise<void> {
    const wanted = [...new Set(algorithms)].filter((algorithm) => !this.#whole.has(algorithm));
    if (wanted.length > 0) await this.#begin(wanted);
  }

  #begin(algorithms: readonly DigestAlgorithm[]): Promise<readonly Hash[]> {
    const hashes = algorithms.map((algorithm) => createHash(names[algorithm]));
    const done = this.#checked(hashes, this.#read, { offset: 0, length: this.#size });
    for (const [index, algorithm] of algorithms.entries()) {
      const running = done.then(() => hashes[index] as Hash);
      this.#whole.set(algorithm, running);
      // What failed once may be read another time.
      running.catch(() => this.#whole.delete(algorithm));
    }
    return done;
  }

  /** The digest of `ranges`, one after the other, of bytes of which the first are these; `read` reads them all. */
  async of(algorithm: DigestAlgorithm, ranges: readonly ByteRange[], read: ReadAt = this.#read): Promise<Uint8Array> {
    const [first, ...rest] = ranges;
    const begins = first?.offset === 0 && first.length >= this.#size && this.#size > 0;
    const left = begins ? [{ offset: this.#size, length: first.length - this.#size }, ...rest] : ranges;
    const hash = begins ? await this.whole(algorithm) : createHash(names[algorithm]);
    for (const range of left) await this.#checked([hash], read, range);
    return Uint8Array.from(hash.digest());
  }

  async #checked(hashes: readonly Hash[], read: ReadAt, range: ByteRange): Promise<readonly Hash[]> {
    await this.#over(hashes, read, range);
    await this.#check();
    return hashes;
  }

  /** The next piece is read while one is hashed. */
  async #over(hashes: readonly Hash[], read: ReadAt, { offset, length }: ByteRange): Promise<void> {
    const end = offset + length;
    const rooms = [0, 1].map(() => Buffer.allocUnsafe(Math.min(piece, length)));
    const next = (at: number, room: number): Promise<Uint8Array> | undefined =>
      at < end ? read(at, Math.min(piece, end - at), rooms[room]) : undefined;
    let coming = next(offset, 0);
    for (let at = offset, room = 1; coming; room = 1 - room) {
      const bytes = await coming;
      if (bytes.length === 0) throw new Failure('document-range', { offset, length });
      at += bytes.length;
      coming = next(at, room);
      for (const hash of hashes) hash.update(bytes);
    }
  }
}

/** Fails with `document-range` for ranges that reach beyond `size`. */
export function checkRanges(ranges: readonly ByteRange[], size: number): void {
  const outside = ranges.find(({ offset, length }) => !(offset >= 0 && length >= 0 && offset + length <= size));
  if (outside) throw new Failure('document-range', { offset: outside.offset, length: outside.length });
}
