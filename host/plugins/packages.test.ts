import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolders } from './packages.js';

it('packages are found with what they depend on; a name that is a path leads nowhere', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'sigill-packages-')));
  const put = async (path: string, dependencies: object): Promise<void> => {
    await mkdir(join(root, path), { recursive: true });
    await writeFile(join(root, path, 'package.json'), JSON.stringify({ dependencies }));
  };
  await put('elsewhere', {});
  await put('plugin/node_modules/a', { b: '1', '../../../elsewhere': '1', absent: '1' });
  await put('plugin/node_modules/a/node_modules/b', { a: '1' });
  const found = packageFolders(['a', '../../elsewhere'], join(root, 'plugin'));
  expect(found.map(({ path }) => path)).toEqual([
    join(root, 'plugin/node_modules/a'),
    join(root, 'plugin/node_modules/a/node_modules/b'),
  ]);
  await rm(root, { recursive: true });
});
