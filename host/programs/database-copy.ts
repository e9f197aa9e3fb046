import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  const copy = await mkdtemp(join(ownFolder(scratch), 'copy-'));
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
