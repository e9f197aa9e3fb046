import { type ByteRange, type DigestAlgorithm, Failure } from '@sigill/core';
import { checkRanges, Digests } from './digests.js';
import { HiddenCopy } from './hidden-copy.js';
import type { Leftovers } from './leftovers.js';
import type { SourceFile } from './source-file.js';
import { Tail } from './tail.js';
import type { Target } from './target.js';

/** A document and what is added to it: the document's bytes stay in its own file, and only the rest is kept here. */
export class Draft {
  readonly source: SourceFile;
  /** Bytes of the document that it begins with: all of them, or none. */
  readonly base: number;
  readonly #tail: Tail;
  readonly #digests: Digests;
  #last: Promise<unknown> = Promise.resolve();
  #begun: HiddenCopy | undefined;

  constructor(source: SourceFile, start: 'copy' | 'empty', folder: string) {
    this.source = source;
    this.base = start === 'copy' ? source.size : 0;
    this.#tail = new Tail(folder);
    this.#digests = start === 'copy' ? source.digests : new Digests(0, () => Promise.resolve(new Uint8Array()));
  }

  get size(): number {
    return this.base + this.#tail.size;
  }

  /** Gives the new size. */
  append(bytes: Uint8Array): Promise<number> {
    return this.#inTurn(async () => {
      await this.#tail.append(bytes);
      return this.size;
    });
  }

  /** Fails with `document-range` unless all of the bytes were appended: those of the document are nobody's to change. */
  patch(offset: number, bytes: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      // So that no number slips through: what is not one is in no order.
      if (!(offset >= this.base && offset + bytes.length <= this.size))
        throw new Failure('document-range', { offset, length: bytes.length });
      await this.#tail.write(offset - this.base, bytes);
    });
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return this.#inTurn(() => this.#read(offset, length));
  }

  digest(algorithm: DigestAlgorithm, ranges: readonly ByteRange[]): Promise<Uint8Array> {
    return this.#inTurn(() => {
      checkRanges(ranges, this.size);
      return this.#digests.of(algorithm, ranges, (offset, length, room) => this.#read(offset, length, room));
    });
  }

  /** Runs `use` when what was asked of it before is done, and before what is asked later. */
  alone<T>(use: (tail: Tail) => Promise<T>): Promise<T> {
    return this.#inTurn(() => use(this.#tail));
  }

  /** True while a file of it is begun. */
  get isBegun(): boolean {
    return this.#begun !== undefined;
  }

  /** Begins the file that it becomes, when it is delivered. */
  begin(target: Target, leftovers: Leftovers): void {
    this.#begun ??= new HiddenCopy(this, target, leftovers);
  }

  /** The file that was begun, once. */
  takeBegun(): HiddenCopy | undefined {
    const begun = this.#begun;
    this.#begun = undefined;
    return begun;
  }

  /** Forgets what was added, and takes away what was begun. Never fails. */
  async close(): Promise<void> {
    await this.takeBegun()?.settle(false);
    await this.#inTurn(async () => this.#tail.close());
  }

  async #read(offset: number, length: number, room?: Buffer): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (offset >= this.base) return this.#tail.read(offset - this.base, Math.max(0, end - offset));
    const own = await this.source.read(offset, Math.min(end, this.base) - offset, room);
    if (end <= this.base) return own;
    return Buffer.concat([own, await this.#tail.read(0, end - this.base)]);
  }

  #inTurn<T>(use: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(use);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
