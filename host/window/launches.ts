import { homedir } from 'node:os';
import { join } from 'node:path';
import { type DesktopPlace, desktopProgram, hasDesktop, type Launch } from './desktop-program.js';
import { findProgram, ofSnap } from './programs.js';

export interface LaunchPlace extends DesktopPlace {
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
  // The person's own browser.
  const other = desktopProgram(address, place);
  return [...(browser === undefined ? [] : [appWindow(browser, address, size, place)]), ...(other ? [other] : [])];
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
