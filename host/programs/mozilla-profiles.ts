import { readFile, readdir } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { parseIni } from './ini-file.js';

/** A profile as Mozilla's programs list them. */
export interface ListedProfile {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

/**
 * All profiles below `root`: those of `profiles.ini`, the ones that installations are bound to (`installs.ini`), and folders that hold
 * a database though no file names them any more. A file that is broken or missing hides no other.
 */
export async function mozillaProfiles(root: string): Promise<readonly ListedProfile[]> {
  const [profiles, installs, names] = await Promise.all([
    readFile(join(root, 'profiles.ini'), 'utf8').catch(() => ''),
    readFile(join(root, 'installs.ini'), 'utf8').catch(() => ''),
    readdir(root, { withFileTypes: true }).catch(() => []),
  ]);
  const found = new Map<string, string>();
  const add = (path: string | undefined, name?: string, isRelative = true): void => {
    if (path === undefined || path === '' || path.includes('\0')) return;
    const folder = normalize(isRelative && !isAbsolute(path) ? join(root, path) : path).replace(/(.)\/+$/, '$1');
    if (isAbsolute(folder) && !found.has(folder)) found.set(folder, name ?? path);
  };
  const sections = parseIni(profiles);
  for (const { name, values } of sections) {
    // `[Install…]` sections name a profile too, under Default; it is one of these.
    if (/^Profile\d+$/.test(name)) add(values.get('Path'), values.get('Name'), values.get('IsRelative') !== '0');
  }
  for (const { name, values } of [...sections.filter((one) => one.name.startsWith('Install')), ...parseIni(installs)])
    if (name !== 'General') add(values.get('Default'));
  for (const entry of names) if (entry.isDirectory() && (await hasDatabase(join(root, entry.name)))) add(entry.name);
  return [...found].map(([folder, name]) => ({ folder, name }));
}

async function hasDatabase(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((): string[] => [])).includes('cert9.db');
}
