import { join } from 'node:path';
import { builtFolder } from '../installed.js';

/** The module that a plugin's process runs. */
export const pluginRunner = join(builtFolder, 'start/runner.js');
