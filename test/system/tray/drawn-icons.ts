import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IconFiles } from '../../../host/tray/icon-files.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Pictures that a person can look through; not kept in git. */
export const output = join(root, 'test/output/tray');

export const iconFolder = join(output, 'icons');

const script = join(root, 'host/tray/render-icons.mjs');

/** The icons, drawn from their sources as the build draws them. */
export function drawnIcons(): IconFiles {
  execFileSync(process.execPath, [script, iconFolder]);
  return new IconFiles(iconFolder);
}

/** Draws the icons of the program itself, where the build has not yet done it. */
export function buildIcons(): void {
  if (!existsSync(join(root, 'host/dist/tray/icons/ready-64.png'))) execFileSync(process.execPath, [script]);
}
