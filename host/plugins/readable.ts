import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageFolder, packageFolders } from './packages.js';

/** The folders and files that a plugin's process reads: its own, the runner's, and those of the packages that it needs. Absolute. */
export function readableFor(folder: string, runner: string): readonly string[] {
  return [
    ...new Set([
      folder,
      ...programFiles(runner),
      ...sharedFiles(folder),
      ...sharedFiles(dirname(runner)),
      ...ownPackages(folder),
    ]),
  ];
}

/** The runner's own folder, the bundled program beside it, and the package that they belong to. */
function programFiles(runner: string): readonly string[] {
  const here = dirname(runner);
  return [here, resolve(here, '../program'), resolve(here, '../../package.json'), resolve(here, '../package.json')];
}

/** What the runner and every plugin need to be loaded, as found from a folder: core's own files, and packages with all that they depend on. */
function sharedFiles(from: string): readonly string[] {
  const packages = packageFolders(['inversify', 'reflect-metadata', 'rxjs', 'vscode-jsonrpc'], from);
  const core = packageFolder('@sigill/core', from);
  const coreFiles = core ? [core.path, join(core.real, 'dist'), join(core.real, 'package.json')] : [];
  return [...coreFiles, ...packages.flatMap(({ path, real }) => [path, real])];
}

/** What the plugin brings along: the packages that it depends on, wherever npm has put them. */
function ownPackages(folder: string): readonly string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, unknown>;
  };
  // The program's own packages are no libraries: core comes along anyway.
  const names = Object.keys(dependencies).filter((name) => !name.startsWith('@sigill/'));
  return packageFolders(names, folder).flatMap(({ path, real }) => [path, real]);
}
