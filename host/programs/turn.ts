import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFolder } from '../paths.js';

/** Milliseconds between two looks whether it is our turn. */
const pause = 200;

/** One process at a time works on the set-up of a person's programs; one that died holds nothing up. */
export async function withTurn<T>(folder: string, use: () => Promise<T>): Promise<T> {
  const lock = join(ownFolder(folder), 'lock');
  while (!(await taken(lock))) await new Promise((resolve) => setTimeout(resolve, pause));
  try {
    return await use();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
