import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Failure } from '@sigill/core';

/** Bytes of a tail that are kept in memory; a longer one lies in a file without a name. */
const inMemory = 4 * 1_048_576;
/** Bytes that may be added to a document. */
const most = 256 * 1_048_576;

/** Bytes that grow: what a draft adds to its document. */
export class Tail {
  #bytes = Buffer.alloc(0);
  #size = 0;
  #file: FileHandle | undefined;
  readonly #folder: string;

  /** `folder` takes what is too long for memory; only the person may look into it. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  get size(): number {
    return this.#size;
  }

  async append(added: Uint8Array): Promise<void> {
    const size = this.#size + added.length;
    if (size > most) throw new Failure('document-range', { offset: this.#size, length: added.length });
    if (size > inMemory) await this.#spill();
    else this.#makeRoom(size);
    await this.write(this.#size, added);
    this.#size = size;
  }

  /** Replaces bytes that are there. */
  async write(offset: number, bytes: Uint8Array): Promise<void> {
    if (this.#file) {
      for (let done = 0; done < bytes.length;)
        done += (await this.#file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
      return;
    }
    this.#bytes.set(bytes, offset);
  }

  /** At most `length` bytes; fewer only at the end. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.#size);
    if (!this.#file) return Uint8Array.from(this.#bytes.subarray(offset, end));
    const bytes = Buffer.alloc(Math.max(0, end - offset));
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, offset + done);
      if (bytesRead === 0) return bytes.subarray(0, done);
      done += bytesRead;
    }
    return bytes;
  }

  close(): void {
    this.#bytes = Buffer.alloc(0);
    void this.#file?.close().catch(() => {});
  }

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) return;
    const room = Buffer.alloc(Math.max(size, 2 * this.#bytes.length));
    this.#bytes.copy(room);
    this.#bytes = room;
  }

  async #spill(): Promise<void> {
    if (this.#file) return;
    const path = join(this.#folder, `${randomUUID()}.tail`);
    const file = await open(path, 'wx+', 0o600);
    // Without a name from the start: whatever ends the host leaves nothing.
    await unlink(path);
    await file.write(this.#bytes, 0, this.#size, 0);
    this.#file = file;
    this.#bytes = Buffer.alloc(0);
  }
}
