import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Failure } from '@sigill/core';
import type { Draft } from './draft.js';
import { writeAll } from './write-all.js';

const piece = 1_048_576;
/** Bytes up to which a written file is read back whole. */
const readBack = 16 * 1_048_576;

/** What a draft became. */
export interface Written {
  readonly size: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/**
 * Writes what was appended to a file that holds the document's bytes, and makes it last. Those were copied from the very file that was
 * read, which is the same before and after. A file up to 16 MiB is read back and compared whole, of a larger one what was appended.
 * Fails with `document-changed`, and as the file system does.
 */
export async function writeDraft(draft: Draft, file: FileHandle): Promise<Written> {
  const { source, base } = draft;
  return await draft.alone(async (tail) => {
    const whole = base > 0 ? await source.digests.whole('SHA-256') : createHash('sha256');
    const added = createHash('sha256');
    for (let at = 0; at < tail.size; at += piece) {
      const bytes = await tail.read(at, piece);
      whole.update(bytes);
      added.update(bytes);
      await writeAll(file, bytes, base + at);
    }
    await file.sync();
    await source.check();
    const size = base + tail.size;
    const sha256 = whole.digest('hex');
    const from = size <= readBack ? 0 : base;
    const wanted = size <= readBack ? sha256 : added.digest('hex');
    if ((await file.stat()).size !== size || (await digestFrom(file, from)) !== wanted)
      throw new Failure('file-unwritable', { path: source.name, why: 'what was written does not read back the same' });
    return { size, sha256 };
  });
}

async function digestFrom(file: FileHandle, from: number): Promise<string> {
  const hash = createHash('sha256');
  const bytes = Buffer.allocUnsafe(piece);
  for (let at = from; ;) {
    const { bytesRead } = await file.read(bytes, 0, piece, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(bytes.subarray(0, bytesRead));
    at += bytesRead;
  }
}
