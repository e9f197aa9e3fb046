import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPlugins } from './finder.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sigill-finder-'));
});
afterEach(() => rm(root, { recursive: true }));

const put = async (path: string, name: string, commands: readonly string[] = []): Promise<void> => {
  await mkdir(join(root, path), { recursive: true });
  const manifest = {
    name,
    version: '1.0.0',
    main: './index.js',
    engines: { sigill: '^0.1.0' },
    sigill: { contributes: { commands: commands.map((id) => ({ id, title: id })) } },
  };
  await writeFile(join(root, path, 'package.json'), JSON.stringify(manifest));
};
const find = () =>
  findPlugins({ bundled: join(root, 'bundled'), user: join(root, 'user'), system: join(root, 'system') });

describe('plugins are found', () => {
  it('in three folders, what came with the program first; a folder that is not there has none', async () => {
    await put('user/a', 'a');
    await put('bundled/b', 'b');
    const { plugins, broken } = await find();
    expect(plugins.map(({ origin, manifest }) => [origin, manifest.name])).toEqual([
      ['bundled', 'b'],
      ['user', 'a'],
    ]);
    expect(broken).toEqual([]);
  });

  it('a broken one is listed with its reason and stops no other', async () => {
    await put('user/good', 'good');
    await mkdir(join(root, 'user/empty'));
    await put('user/bad-texts', 'bad-texts');
    await mkdir(join(root, 'user/bad-texts/messages'));
    await writeFile(join(root, 'user/bad-texts/messages/en.json'), '{"a": 1}');
    await put('user/odd', 'Not A Name');
    await mkdir(join(root, 'user/pipe'));
    execFileSync('mkfifo', [join(root, 'user/pipe/package.json')]);
    const { plugins, broken } = await find();
    expect(plugins.map(({ manifest }) => manifest.name)).toEqual(['good']);
    expect(broken.map(({ name, failure }) => [name, failure.code])).toEqual([
      ['bad-texts', 'manifest-invalid'],
      ['empty', 'manifest-invalid'],
      ['odd', 'manifest-invalid'],
      ['pipe', 'manifest-invalid'],
    ]);
  });

  it('what a person installed cannot take the name or a command of what came with the program', async () => {
    await put('bundled/pin', 'pin', ['pin.verify']);
    await put('user/pin', 'pin');
    await put('user/other', 'other', ['pin.verify']);
    const { plugins, broken } = await find();
    expect(plugins.map(({ origin, manifest }) => [origin, manifest.name])).toEqual([['bundled', 'pin']]);
    expect(broken.map(({ failure }) => failure.facts['why'])).toEqual([
      'the command pin.verify belongs to pin',
      'another plugin is called pin',
    ]);
  });

  it('files, hidden folders and node_modules are passed over, and a link is followed', async () => {
    await put('elsewhere/linked', 'linked');
    await put('user/.hidden', 'hidden');
    await put('user/node_modules', 'modules');
    await writeFile(join(root, 'user/readme'), '');
    await symlink(join(root, 'elsewhere/linked'), join(root, 'user/linked'));
    await symlink(join(root, 'nowhere'), join(root, 'user/dangling'));
    const { plugins, broken } = await find();
    expect(plugins.map(({ folder }) => folder)).toEqual([join(root, 'elsewhere/linked')]);
    expect(broken).toEqual([]);
  });
});
