import { open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '@sigill/core';

/** Ends the names of files that are being written. */
export const besideEnding = '.sigill-new';

export interface FileTimes {
  /** Permission bits for a file that is new; one that is there keeps its own. */
  readonly mode?: number;
  /** Milliseconds since 1970. */
  readonly modified?: number;
}

/** Makes `bytes` the file at `path`, whole or not at all: written beside, flushed, renamed. Fails with `file-unwritable`. */
export async function writeBeside(path: string, bytes: Uint8Array, { mode, modified }: FileTimes = {}): Promise<void> {
  const beside = path + besideEnding;
  try {
    const kept = await stat(path).catch(() => undefined);
    await rm(beside, { force: true });
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.chmod((mode ?? kept?.mode ?? 0o600) & 0o777);
      if (kept && (kept.uid !== process.getuid?.() || kept.gid !== process.getgid?.()))
        await file.chown(kept.uid, kept.gid).catch(() => {});
      await file.sync();
    } finally {
      await file.close();
    }
    if (modified !== undefined) await utimes(beside, modified / 1_000, modified / 1_000);
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw new Failure('file-unwritable', { path, why: (error as NodeJS.ErrnoException).code ?? String(error) }, error);
  }
}

/** A rename is on the disk only when its folder is. */
export async function flushFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => undefined);
  await opened?.sync().catch(() => {});
  await opened?.close();
}
