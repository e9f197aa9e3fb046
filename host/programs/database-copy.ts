import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFolder } from '../paths.js';

/** The files of an NSS database that hold certificates and keys. */
export const databaseFiles = ['cert9.db', 'key4.db'] as const;

/**
 * Lends a copy of the NSS database in `folder`, or of none, with `modules` as its `pkcs11.txt`, in a folder that only the person can read;
 * gone afterwards. Tools work on copies: what they do comes to the program's files only with the transaction.
 */
export async function withDatabaseCopy<T>(
  scratch: string,
  folder: string,
  modules: string | undefined,
  use: (copy: string) => Promise<T>,
): Promise<T> {
  const copy = await mkdtemp(join(ownFolder(scratch), `copy-${process.pid}-`));
  try {
    for (const name of databaseFiles) {
      await copyFile(join(folder, name), join(copy, name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    if (modules !== undefined) await writeFile(join(copy, 'pkcs11.txt'), modules);
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Drops copies of processes that ended before they could. */
export async function dropLeftCopies(scratch: string): Promise<void> {
  for (const name of await readdir(scratch).catch((): string[] => [])) {
    const pid = Number(/^copy-(\d+)-/.exec(name)?.[1]);
    if (!isAlive(pid)) await rm(join(scratch, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
