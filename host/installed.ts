import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the host's package: upward from the sources, from what is compiled of them, and from the bundle. */
export const hostFolder = packageAround(dirname(fileURLToPath(import.meta.url)));

/** What is built from the host's sources. */
export const builtFolder = join(hostFolder, 'dist');

function packageAround(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageAround(dirname(folder));
}
