import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseIni } from './ini-file.js';

/** An environment in which NSS' tools read the database of a profile as its own program does, where it brings an NSS along. */
export async function ownEnvironment(profile: string, environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const own = await ownLibraries(profile);
  return own === undefined ? environment : { ...environment, LD_LIBRARY_PATH: own };
}

/**
 * The folder with the NSS that a Mozilla program brings along, as its profile names it (`compatibility.ini`). A database with a password that a
 * new program has made cannot be opened by an older NSS of the system (seen: Firefox 153 and NSS 3.87), and in
 * one without the older NSS does not see what the newer one trusts.
 */
async function ownLibraries(profile: string): Promise<string | undefined> {
  const text = await readFile(join(profile, 'compatibility.ini'), 'utf8').catch(() => '');
  const folder = parseIni(text)
    .find(({ name }) => name === 'Compatibility')
    ?.values.get('LastPlatformDir');
  if (folder?.startsWith('/') !== true || folder.includes(':')) return undefined;
  return await access(join(folder, 'libnss3.so')).then(
    () => folder,
    () => undefined,
  );
}
