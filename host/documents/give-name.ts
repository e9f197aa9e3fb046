import { link, open, rename, unlink } from 'node:fs/promises';
import { type DocumentPlace, pathOf } from './document-place.js';
import { codeOf } from './file-trouble.js';

/**
 * Gives a hidden file the first name that is free. A link is made only where nothing is, not even a link that leads nowhere; a file system without links gets
 * a place held for the name. Fails as the file system does, with `EEXIST` when no name is free.
 */
export async function giveName(hidden: DocumentPlace, folder: string, names: Iterable<Buffer>): Promise<DocumentPlace> {
  for (const name of names) {
    const place = { folder, name };
    try {
      await link(pathOf(hidden), pathOf(place));
      return place;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
    }
    if (await renameInto(hidden, place)) return place;
  }
  throw Object.assign(new Error('every name is taken'), { code: 'EEXIST' });
}

async function renameInto(hidden: DocumentPlace, place: DocumentPlace): Promise<boolean> {
  try {
    await (await open(pathOf(place), 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(pathOf(hidden), pathOf(place));
    return true;
  } catch (error) {
    await unlink(pathOf(place));
    throw error;
  }
}
