import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

const mostEntries = 50_000;

/**
 * The first symbolic link below a folder that leads out of it, if there is one. Node.js's permission model follows links wherever they lead, so
 * that one to `/` would open the whole disk. `folder` is a real path. Throws when the folder has too many entries to be sure.
 */
export async function leavingLink(folder: string): Promise<string | undefined> {
  let seen = 0;
  // Folder by folder: `readdir` with `recursive` goes through links on some versions of Node.js.
  const folders = [folder];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    const entries = await readdir(at, { withFileTypes: true });
    seen += entries.length;
    if (seen > mostEntries) throw new Error(`more than ${mostEntries} files`);
    for (const entry of entries) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isSymbolicLink() && !(await leadsInto(path, folder))) return path;
    }
  }
  return undefined;
}

async function leadsInto(link: string, folder: string): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  return target !== undefined && (target === folder || target.startsWith(folder + sep));
}
