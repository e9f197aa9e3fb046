import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IconFiles } from '../../../host/tray/icon-files.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Pictures that a person can look through; not kept in git. */
export const output = join(root, 'test/output/tray');

export const iconFolder = join(output, 'icons');

/** The icons, drawn from their sources as the build draws them. */
export function drawnIcons(): IconFiles {
  execFileSync(process.execPath, [join(root, 'host/tray/render-icons.mjs'), iconFolder]);
  return new IconFiles(iconFolder);
}
