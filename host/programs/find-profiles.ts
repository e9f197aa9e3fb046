import { constants } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Packaging, ProfileBar, ProfileId, ProgramName } from '@sigill/core';
import type { FoundProfile } from './found-profile.js';
import { chromiumRuns, mozillaRuns } from './in-use.js';
import { hasModule, moduleEntries, moduleName } from './module-entry.js';
import { mozillaProfiles } from './mozilla-profiles.js';
import { mozillaPlaces, sharedPlaces } from './places.js';
import { identitiesIn } from './preferences.js';

export interface FindOptions {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The module that is looked for in the databases. */
  readonly library?: string | undefined;
}

/** Every profile of a person that can use a card; those whose folder is gone are left out. */
export async function findProfiles(options: FindOptions): Promise<readonly FoundProfile[]> {
  const { home, environment } = options;
  const found: FoundProfile[] = [];
  for (const { program, packaging, folder } of mozillaPlaces(home, environment)) {
    for (const { name, folder: path } of await mozillaProfiles(folder)) {
      const profile = await look(options, { program, packaging, name, path, runs: () => mozillaRuns(path) });
      // A profile that was made and never used has no database: its program makes one at its first start.
      if (profile?.modules !== undefined || profile?.bar !== undefined) found.push(profile);
    }
  }
  for (const { packaging, folders, browsers } of sharedPlaces(home, environment)) {
    const isUsed = (await Promise.all(browsers.map(isFolder))).includes(true);
    const runs = async (): Promise<boolean> => (await Promise.all(browsers.map(chromiumRuns))).includes(true);
    const listed = (path: string): Listed => ({ program: 'shared', packaging, name: 'nssdb', path, runs });
    const each = await Promise.all(folders.map((path) => look(options, listed(path))));
    const [theirs = await look(options, listed(folders[0]), isUsed), ...others] = each.filter(
      (one) => one !== undefined,
    );
    // One that they use no more is looked after while it has the module.
    for (const one of [theirs, ...others.filter(({ registered }) => registered)]) if (one) found.push(one);
  }
  const known = new Set<string>();
  return found.filter(({ path }) => !known.has(path) && known.add(path));
}

interface Listed {
  readonly program: ProgramName;
  readonly packaging: Packaging;
  readonly name: string;
  readonly path: string;
  readonly runs: () => Promise<boolean>;
}

/** `wanted` though the folder is not there: it can be made. */
async function look(options: FindOptions, listed: Listed, wanted = false): Promise<FoundProfile | undefined> {
  const { program, packaging, name, runs } = listed;
  const path = await realpath(listed.path).catch(() => listed.path);
  const isThere = await isFolder(path);
  if (!isThere && !wanted) return undefined;
  const [modules, preferences] = await Promise.all([
    readText(join(path, 'pkcs11.txt')),
    program === 'thunderbird' ? readText(join(path, 'prefs.js')) : undefined,
  ]);
  const bar = await barOf(listed, path, isThere, modules, preferences);
  const { library } = options;
  return {
    id: createHash('sha256').update(listed.path).digest('hex').slice(0, 16) as ProfileId,
    program,
    packaging,
    name,
    folder: listed.path.startsWith(`${options.home}/`) ? `~${listed.path.slice(options.home.length)}` : listed.path,
    path,
    ...(bar !== undefined && { bar }),
    registered: typeof modules === 'string' && isRegistered(modules, library),
    identities: typeof preferences === 'string' ? identitiesIn(preferences) : [],
    ...(typeof modules === 'string' && { modules }),
    ...(typeof preferences === 'string' && { preferences }),
    runs,
  };
}

function isRegistered(modules: string, library: string | undefined): boolean {
  if (library !== undefined) return hasModule(modules, library);
  return moduleEntries(modules).some(({ name }) => name === moduleName);
}

type Read = string | false | undefined;

async function barOf(
  { packaging, runs }: Listed,
  path: string,
  isThere: boolean,
  modules: Read,
  preferences: Read,
): Promise<ProfileBar | undefined> {
  if (packaging !== 'system') return 'confined';
  if (modules === false || preferences === false) return 'unreadable';
  if (isThere && !(await isWritable(path))) return 'read-only';
  return (await runs()) ? 'running' : undefined;
}

/** A text file; undefined when there is none, false when it cannot be read. */
async function readText(path: string): Promise<Read> {
  try {
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    // What is no text would not come back as it was.
    return Buffer.from(text, 'utf8').equals(bytes) ? text : false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : false;
  }
}

/** Root may write anywhere but on a disk that is mounted for reading; a person's mode bits count for root too. */
async function isWritable(path: string): Promise<boolean> {
  const mode = (await stat(path).catch(() => ({ mode: 0 }))).mode;
  if ((mode & 0o222) === 0) return false;
  return await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
