import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `@scope/name` or `name`, as npm writes them. */
export const packageName = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

/** A package on disk. */
export interface PackageFolder {
  /** Where Node.js looks for it. */
  readonly path: string;
  /** The same with links followed. */
  readonly real: string;
}

/** The folders of npm packages and of all that they depend on, as Node.js would find them from `from`. One that is not there is left out. */
export function packageFolders(names: readonly string[], from: string): readonly PackageFolder[] {
  const found = new Map<string, PackageFolder>();
  const visit = (name: string, at: string): void => {
    // A plugin may bring packages of its own: a name in them must not lead to a folder elsewhere.
    if (!packageName.test(name)) return;
    const folder = packageFolder(name, at);
    if (folder === undefined || found.has(folder.path)) return;
    found.set(folder.path, folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder.real, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder.real);
  };
  for (const name of names) visit(name, from);
  return [...found.values()];
}

/** The package `name` as found from the folder `from`, upward through `node_modules`. */
export function packageFolder(name: string, from: string): PackageFolder | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return { path, real: realpathSync(path) };
    if (folder === dirname(folder)) return undefined;
  }
}
