import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { leavingLink } from './leaving-link.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sigill-links-')));
  await mkdir(join(root, 'plugin/deep'), { recursive: true });
  await writeFile(join(root, 'plugin/file'), '');
});
afterEach(() => rm(root, { recursive: true }));

it('links inside a plugin are fine', async () => {
  await symlink('../file', join(root, 'plugin/deep/inside'));
  expect(await leavingLink(join(root, 'plugin'))).toBeUndefined();
});

it.each(['/', '../..', '../../plugin-other', 'nowhere'])('a link to %s leads out', async (target) => {
  await mkdir(join(root, 'plugin-other'));
  await symlink(target, join(root, 'plugin/deep/out'));
  expect(await leavingLink(join(root, 'plugin'))).toBe(join(root, 'plugin/deep/out'));
});
