import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropLeftCopies, withDatabaseCopy } from './database-copy.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sigill-copy-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('a copy is the person’s alone, has what it is given, and is gone afterwards, however that ended', async () => {
  writeFileSync(join(root, 'cert9.db'), 'c');
  const scratch = join(root, 'scratch');
  const made = withDatabaseCopy(scratch, root, 'm', async (copy) => {
    expect(readdirSync(copy).sort()).toEqual(['cert9.db', 'pkcs11.txt']);
    expect(statSync(copy).mode & 0o777).toBe(0o700);
    throw new Error('broken off');
  });
  await expect(made).rejects.toThrow('broken off');
  expect(readdirSync(scratch)).toEqual([]);
});

it('what a process left that has ended is dropped, and what one uses that runs is not', async () => {
  const { pid } = spawnSync('true');
  for (const name of [`copy-${pid}-a`, `copy-${process.pid}-b`, 'copy-x']) mkdirSync(join(root, name));
  await dropLeftCopies(root);
  expect(readdirSync(root)).toEqual([`copy-${process.pid}-b`]);
  await dropLeftCopies(join(root, 'nowhere'));
});
