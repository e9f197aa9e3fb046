import { lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFolder } from './packages.js';

/** What a plugin shares with the program, its peer dependencies. */
const shared = ['@sigill/core', 'inversify', 'rxjs'];

/**
 * Lets a plugin outside the program's tree import what it shares with the program: Node.js looks for packages upward from the plugin, so the
 * folder of plugins gets `node_modules` with links. (A resolve hook would need a worker on Node.js 20, which the sandbox denies.)
 * A folder that cannot be written is left as it is.
 */
export async function borrow(pluginFolder: string, from: string): Promise<void> {
  const missing = shared.filter((name) => packageFolder(name, pluginFolder)?.real !== packageFolder(name, from)?.real);
  const modules = join(dirname(pluginFolder), 'node_modules');
  for (const name of missing) {
    const target = packageFolder(name, from)?.real;
    if (target !== undefined) await link(target, join(modules, name)).catch(() => {});
  }
}

async function link(target: string, path: string): Promise<void> {
  const present = await lstat(path).catch(() => undefined);
  if (present?.isSymbolicLink() && (await readlink(path)) === target) return;
  // Only a link of an earlier place of the program is replaced, never a folder that somebody installed.
  if (present && !present.isSymbolicLink()) return;
  await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'junction');
}
