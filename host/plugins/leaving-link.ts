import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

const mostEntries = 50_000;

/**
 * The first symbolic link below a folder that leads out of it, if there is one. Node.js's permission model follows links wherever they lead, so
 * that one to `/` would open the whole disk. `folder` is a real path. Throws when the folder has too many entries to be sure.
 */
export async function leavingLink(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  if (entries.length > mostEntries) throw new Error(`more than ${mostEntries} files`);
  for (const entry of entries.filter((each) => each.isSymbolicLink())) {
    const path = join(entry.parentPath, entry.name);
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined || (target !== folder && !target.startsWith(folder + sep))) return path;
  }
  return undefined;
}
