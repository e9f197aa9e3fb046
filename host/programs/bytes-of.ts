import { readFile } from 'node:fs/promises';

/** What a file holds; undefined when it cannot be read. */
export async function bytesOf(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch(() => undefined);
}
