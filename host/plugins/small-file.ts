import { readFile, stat } from 'node:fs/promises';
import { Mismatch } from './shape.js';

/** The text of a regular file of at most `largest` bytes; `undefined` when there is none. Throws `Mismatch` for a pipe, a device or a giant. */
export async function readSmallFile(path: string, largest: number): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  if (!found.isFile()) throw new Mismatch('', 'is not a file');
  if (found.size > largest) throw new Mismatch('', `is longer than ${largest} bytes`);
  return await readFile(path, 'utf8');
}
