import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, ofSnap } from './programs.js';

/** A program to start, with its arguments. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder of a browser profile of our own, to be made beforehand. */
  readonly profile?: string;
}

export interface LaunchPlace {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Our own data folder. */
  readonly data: string;
}

/** The ways to show `address`, the best first: an app window of a Chromium in a profile of its own, then whatever the person's browser is. */
export function launches(
  address: string,
  size: { readonly width: number; readonly height: number },
  place: LaunchPlace,
): readonly Launch[] {
  const { platform, environment } = place;
  if (!hasDesktop(place)) return [];
  const browser = findProgram(chromiums[platform]?.(environment) ?? linuxChromiums, environment);
  const other = usual(address, place);
  return [...(browser === undefined ? [] : [appWindow(browser, address, size, place)]), ...(other ? [other] : [])];
}

/** On Linux a desktop is where a display server is; elsewhere there always is one. */
export function hasDesktop({ platform, environment }: LaunchPlace): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return [environment['DISPLAY'], environment['WAYLAND_DISPLAY']].some((display) => (display ?? '') !== '');
}

const linuxChromiums = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const chromiums: Readonly<Record<string, (environment: LaunchPlace['environment']) => readonly string[]>> = {
  darwin: () =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: (environment) =>
    ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
      .flatMap((folder) => environment[folder] ?? [])
      .flatMap((folder) => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
};

function appWindow(
  program: string,
  address: string,
  { width, height }: { readonly width: number; readonly height: number },
  { data, environment }: LaunchPlace,
): Launch {
  const home = environment['HOME'] ?? homedir();
  const profile = ofSnap(program) ? join(home, 'snap', 'chromium', 'common', 'sigill') : join(data, 'browser');
  return {
    program,
    profile,
    args: [
      `--app=${address}`,
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-sync',
      '--disable-extensions',
    ],
  };
}

/** The person's own browser. No shell reads the address. */
function usual(address: string, { platform, environment }: LaunchPlace): Launch | undefined {
  if (platform === 'darwin') return { program: '/usr/bin/open', args: [address] };
  if (platform === 'win32') {
    const system = join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
    return { program: join(system, 'rundll32.exe'), args: ['url.dll,FileProtocolHandler', address] };
  }
  const program = findProgram(['xdg-open'], environment);
  return program === undefined ? undefined : { program, args: [address] };
}
