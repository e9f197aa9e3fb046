import { randomUUID } from 'node:crypto';
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ownFolder } from '../paths.js';
import { launchTime } from './limits.js';

/**
 * Writes a page that leads to `address`, readable by its owner alone, and gives its own address: that one may stand in a command
 * line. The file goes when the token in it is too old.
 */
export function writeLeadPage(folder: string, address: string): string {
  const path = join(ownFolder(folder), `window-${randomUUID()}.html`);
  const page = `<!doctype html><meta charset="utf-8"><title>Sigill</title><meta http-equiv="refresh" content="0;url=${address}">`;
  writeFileSync(path, page, { mode: 0o600, flag: 'wx' });
  setTimeout(() => remove(path), launchTime).unref();
  return pathToFileURL(path).href;
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The runtime folder is emptied when the person logs out.
  }
}
