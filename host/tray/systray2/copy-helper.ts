import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ownFolder } from '../../paths.js';

/** The helper programs of systray2 2.1.4, by platform and processor. */
const programs: Readonly<Record<string, string>> = {
  'linux x64': 'tray_linux_release',
  'darwin x64': 'tray_darwin_release',
  // By Rosetta.
  'darwin arm64': 'tray_darwin_release',
  'win32 x64': 'tray_windows_release.exe',
  'win32 arm64': 'tray_windows_release.exe',
};

/**
 * Puts systray2's helper program into `folder`, where only its owner can change it, and gives its absolute path back;
 * undefined where there is none for this computer.
 */
export function copyHelper(folder: string, platform: string, processor: string): string | undefined {
  const name = programs[`${platform} ${processor}`];
  const source = name === undefined ? undefined : helperSource(name);
  if (name === undefined || source === undefined) return undefined;
  const program = readFileSync(source);
  // Named by its content: a program that runs is never written over, and one that was changed is not started.
  const path = join(ownFolder(folder), `${createHash('sha256').update(program).digest('hex').slice(0, 16)}-${name}`);
  if (!existsSync(path) || !readFileSync(path).equals(program)) {
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, program);
    renameSync(fresh, path);
  }
  // As installed by npm it cannot be run.
  chmodSync(path, 0o700);
  return path;
}

function helperSource(name: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('systray2/package.json');
    const path = join(dirname(manifest), 'traybin', name);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
