import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Failure } from '@sigill/core';
import { shownName } from './document-place.js';
import { unwritable } from './file-trouble.js';
import { SourceFile } from './source-file.js';

/**
 * Takes in bytes that come without a path, as a file that has no name in `folder` from the start: whatever ends the host leaves nothing.
 * Fails with `file-unreadable` beyond `limit` bytes and when they stop coming, `file-unwritable` when there is no room.
 */
export async function receiveFile(folder: string, name: string, bytes: Readable, limit: number): Promise<SourceFile> {
  const shown = fileName(name);
  const file = await nameless(folder, shown);
  try {
    let size = 0;
    for await (const chunk of arriving(bytes, shown)) {
      size += chunk.length;
      if (size > limit) throw new Failure('file-unreadable', { path: shown, why: `it is larger than ${limit} bytes` });
      await file.appendFile(chunk);
    }
    return await SourceFile.adopt(file, shown);
  } catch (error) {
    bytes.destroy();
    await file.close().catch(() => {});
    throw unwritable(shown, error);
  }
}

async function nameless(folder: string, shown: string): Promise<FileHandle> {
  try {
    const path = join(folder, randomUUID());
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return file;
  } catch (error) {
    throw unwritable(shown, error);
  }
}

async function* arriving(bytes: Readable, shown: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes) yield Buffer.from(chunk as Uint8Array);
  } catch (error) {
    throw new Failure('file-unreadable', { path: shown, why: 'it did not arrive whole' }, error);
  }
}

/** A name without a folder, whatever the sender wrote. */
function fileName(name: string): string {
  const last = basename(shownName(name).replaceAll('\\', '/')).replace(/^\.+/, '');
  return last === '' ? 'document' : last.slice(0, 200);
}
