import { openFile } from '../desktop/open-file.js';
import { hasDesktop } from '../window/desktop-program.js';
import type { Context } from './context.js';

/** Opens a file in the program that the person has for such files; does nothing without a desktop, or without such a program. */
export function showFile({ io: { platform, environment } }: Pick<Context, 'io'>, path: string): void {
  if (hasDesktop({ platform, environment })) openFile({ platform, environment }, path, () => {});
}
