import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../window/programs.js';
import type { IntegrationPlace } from './integrations.js';

/** What counts of this computer. */
export function findIntegrationPlace(io: {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): IntegrationPlace {
  const { platform, environment, home } = io;
  const has = (program: string): boolean => findProgram([program], environment) !== undefined;
  return { platform, environment, home, has, nautilusPython: loadsExtensions() };
}

/** `…/nautilus/extensions-4/libnautilus-python.so`, of python3-nautilus. */
function loadsExtensions(): boolean {
  const libraries = ['/usr/lib', '/usr/lib64', ...entries('/usr/lib').filter((path) => path.endsWith('-linux-gnu'))];
  return libraries
    .flatMap((library) => entries(join(library, 'nautilus')))
    .some((folder) => existsSync(join(folder, 'libnautilus-python.so')));
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
