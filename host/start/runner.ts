// The module that a plugin's process runs.
import { pathToFileURL } from 'node:url';
import type { runPlugin } from '../plugins/runner.js';
import { startProgram } from './program.js';

const [, , main = ''] = process.argv;
const run = startProgram('runner.cjs', 'plugin')['runPlugin'] as typeof runPlugin;
run(() => import(pathToFileURL(main).href) as ReturnType<Parameters<typeof run>[0]>);
