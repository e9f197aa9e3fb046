import { join } from 'node:path';
import { findProgram } from './programs.js';

/** A program to start, with its arguments. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder of a browser profile of our own, to be made beforehand. */
  readonly profile?: string;
}

export interface DesktopPlace {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** On Linux a desktop is where a display server is; elsewhere there always is one. */
export function hasDesktop({ platform, environment }: DesktopPlace): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return [environment['DISPLAY'], environment['WAYLAND_DISPLAY']].some((display) => (display ?? '') !== '');
}

/** What the person has for an address or a file; undefined where nothing opens it. No shell reads `target`, no folder of the day is searched. */
export function desktopProgram(target: string, { platform, environment }: DesktopPlace): Launch | undefined {
  if (platform === 'darwin') return { program: '/usr/bin/open', args: [target] };
  if (platform === 'win32') {
    const system = join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
    return { program: join(system, 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', target] };
  }
  const program = findProgram(['xdg-open'], environment);
  return program === undefined ? undefined : { program, args: [target] };
}
