import { lstat, mkdir, mkdtemp, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { borrow } from './borrowed.js';
import { packageFolder } from './packages.js';

const here = dirname(fileURLToPath(import.meta.url));
let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sigill-borrow-')));
  await mkdir(join(root, 'plugin'));
});
afterEach(() => rm(root, { recursive: true }));

describe('a plugin outside the program', () => {
  it('finds what it shares with the program, and nothing else of it', async () => {
    await borrow(join(root, 'plugin'), here);
    for (const name of ['@sigill/core', 'inversify', 'rxjs']) {
      expect(packageFolder(name, join(root, 'plugin'))?.real).toBe(packageFolder(name, here)?.real);
    }
    expect(packageFolder('pino', join(root, 'plugin'))).toBeUndefined();
  });

  it('finds it where the program is now, when it was elsewhere before; a folder somebody installed is let be', async () => {
    await mkdir(join(root, 'node_modules/inversify'), { recursive: true });
    await writeFile(join(root, 'node_modules/inversify/package.json'), '{}');
    await symlink('/nowhere', join(root, 'node_modules/rxjs'));
    await borrow(join(root, 'plugin'), here);
    expect(await readlink(join(root, 'node_modules/rxjs'))).toBe(packageFolder('rxjs', here)?.real);
    expect((await lstat(join(root, 'node_modules/inversify'))).isDirectory()).toBe(true);
  });

  it('inside the program nothing is written', async () => {
    await expect(borrow(here, here)).resolves.toBeUndefined();
    await expect(lstat(join(dirname(here), 'node_modules'))).rejects.toThrow('ENOENT');
  });
});
