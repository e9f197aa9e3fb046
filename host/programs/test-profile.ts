import type { ProfileTest } from '@sigill/core';
import { withDatabaseCopy } from './database-copy.js';
import type { FoundProfile } from './found-profile.js';
import { hasModule, moduleName, withModule, withoutLibraries } from './module-entry.js';
import { runTool } from './nss-tools.js';
import type { Workshop } from './workshop.js';

export interface TestOptions extends Workshop {
  readonly library: string | undefined;
}

/** Loads the module in a copy of a profile's database, as the program does, and counts the certificates that it shows. Asks for no PIN. */
export async function testProfile(
  { id: profile, path, modules }: FoundProfile,
  { library, ...workshop }: TestOptions,
): Promise<ProfileTest> {
  if (library === undefined || modules === undefined || !hasModule(modules, library))
    return { profile, module: 'absent', certificates: 0 };
  const alone = withModule(withoutLibraries(modules), library);
  return await withDatabaseCopy(workshop.scratch, path, alone, async (copy) => {
    const listed = await runTool('modutil', ['-list', '-dbdir', `sql:${copy}`], workshop);
    if (listed?.code !== 0) return { profile, module: 'untried', certificates: 0 };
    const [, ours = ''] = listed.output.split(new RegExp(`^ *\\d+\\. ${moduleName}$`, 'm'));
    if (!ours.includes('status: loaded') || /no(%20| )connection/.test(ours))
      return { profile, module: 'not-loaded', certificates: 0 };
    const tokens = [...ours.matchAll(/^\s*token: *(\S.*?) *$/gm)].map(([, name = '']) => name);
    const certificates = await runTool('certutil', ['-L', '-d', `sql:${copy}`, '-h', 'all'], workshop);
    const lines = (certificates?.output ?? '').split('\n');
    const shown = lines.filter((line) => tokens.some((token) => line.startsWith(`${token}:`)));
    return { profile, module: 'loaded', certificates: shown.length };
  });
}
