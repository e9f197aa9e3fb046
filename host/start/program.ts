import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Script } from 'node:vm';
import { chunkLoader, type Exports } from './load-chunk.js';

/** Where the bundled program is. */
const programFolder = join(dirname(fileURLToPath(import.meta.url)), '../program');

/** What this process has compiled of it so far, by path. */
export const scripts = new Map<string, Script>();

/** The program's first chunk for a kind of process: `run.cjs` for the host, `runner.cjs` for a plugin's. Gives what it exports. */
export function startProgram(name: string, kind: 'host' | 'plugin'): Exports {
  return chunkLoader(programFolder, kind, (chunk, script) => scripts.set(chunk, script))(name);
}
