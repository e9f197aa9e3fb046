import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hasDesktop } from '../window/launches.js';
import { findProgram } from '../window/programs.js';
import type { Context } from './context.js';

/** Opens a file in the program that the person has for such files; does nothing without a desktop. Never fails, and waits for nobody. */
export function showFile({ io: { platform, environment }, paths: { data } }: Context, path: string): void {
  if (!hasDesktop({ platform, environment, data })) return;
  const [program, args] = viewer(platform, environment);
  if (program === undefined) return;
  const child = spawn(program, [...args, path], { detached: true, stdio: 'ignore', shell: false });
  child.once('error', () => {});
  child.unref();
}

function viewer(platform: string, environment: NodeJS.ProcessEnv): readonly [string | undefined, readonly string[]] {
  if (platform === 'darwin') return ['/usr/bin/open', []];
  if (platform !== 'win32') return [findProgram(['xdg-open'], environment), []];
  const system = join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
  return [join(system, 'rundll32.exe'), ['url.dll,FileProtocolHandler']];
}
