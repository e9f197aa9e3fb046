import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Failure } from '@sigill/core';
import { Digests } from './digests.js';
import { type DocumentPlace, pathOf, shownName } from './document-place.js';
import { type FileIdentity, identityOf, isSame } from './file-identity.js';
import { unreadable } from './file-trouble.js';

/**
 * A document as it was when the person gave it: opened once, read only, and the same bytes until it is closed.
 * When another program writes to it, it fails with `document-changed` from then on.
 */
export class SourceFile {
  /** As it may be shown. */
  readonly name: string;
  readonly size: number;
  /** Absent for bytes that came without a file. */
  readonly place: DocumentPlace | undefined;
  readonly digests: Digests;
  readonly handle: FileHandle;
  readonly #identity: FileIdentity;

  private constructor(handle: FileHandle, name: string, identity: FileIdentity, place?: DocumentPlace) {
    this.handle = handle;
    this.name = name;
    this.#identity = identity;
    this.size = Number(identity.size);
    this.place = place;
    this.digests = new Digests(
      this.size,
      (offset, length, room) => this.#bytes(offset, length, room),
      () => this.check(),
    );
  }

  /** Opens a file. Fails with `file-unreadable`: also for a folder, a pipe or a device. */
  static async open(place: DocumentPlace): Promise<SourceFile> {
    const name = shownName(place.name);
    try {
      // Without O_NONBLOCK a named pipe would keep us waiting for its writer.
      const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
      const handle = await open(pathOf(place), O_RDONLY | O_NONBLOCK | O_NOCTTY);
      return await SourceFile.adopt(handle, name, place);
    } catch (error) {
      throw unreadable(name, error);
    }
  }

  /** Takes over an open file. */
  static async adopt(handle: FileHandle, name: string, place?: DocumentPlace): Promise<SourceFile> {
    try {
      const found = await handle.stat({ bigint: true });
      if (!found.isFile()) throw new Failure('file-unreadable', { path: name, why: 'it is not a file' });
      return new SourceFile(handle, name, identityOf(found), place);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** At most `length` bytes, in `room` where that is given; fewer only at the end. Fails with `document-changed`, `file-unreadable`. */
  async read(offset: number, length: number, room?: Buffer): Promise<Buffer> {
    const bytes = await this.#bytes(offset, length, room);
    // Afterwards: what was written before these bytes were read shows now.
    await this.check();
    return bytes;
  }

  async #bytes(offset: number, length: number, room?: Buffer): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = room?.subarray(0, wanted) ?? Buffer.allocUnsafe(wanted);
    let filled = 0;
    try {
      while (filled < bytes.length) {
        const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw unreadable(this.name, error);
    }
    if (filled < bytes.length) throw new Failure('document-changed', { name: this.name });
    return bytes;
  }

  /** Fails with `document-changed` when another program wrote to it. */
  async check(): Promise<void> {
    const now = identityOf(await this.handle.stat({ bigint: true }));
    if (!isSame(now, this.#identity)) throw new Failure('document-changed', { name: this.name });
  }

  /** The same, and when its place holds another file by now: what the person sees there is not what was read. */
  async checkPlace(): Promise<void> {
    await this.check();
    if (this.place === undefined) return;
    const found = await stat(pathOf(this.place), { bigint: true }).catch(() => undefined);
    if (!found || !isSame(identityOf(found), this.#identity))
      throw new Failure('document-changed', { name: this.name });
  }

  close(): void {
    void this.handle.close().catch(() => {});
  }
}
