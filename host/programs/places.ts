import { join } from 'node:path';
import type { Packaging, ProgramName } from '@sigill/core';

/** A folder with the profiles of one Mozilla program. */
export interface MozillaPlace {
  readonly program: Exclude<ProgramName, 'shared'>;
  readonly packaging: Packaging;
  /** Holds `profiles.ini`. */
  readonly folder: string;
}

/** Where browsers that share one NSS database have it. */
export interface SharedPlace {
  readonly packaging: Packaging;
  /** In the order in which they look: the first that is there is theirs. */
  readonly folders: readonly [string, ...string[]];
  /** Folders of the browsers that use it: each has their `SingletonLock`. */
  readonly browsers: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Mozilla's programs keep their profiles. New Firefox uses `$XDG_CONFIG_HOME/mozilla` where there is no `~/.mozilla`. */
export function mozillaPlaces(home: string, environment: Environment): readonly MozillaPlace[] {
  const config = configFolder(home, environment);
  const own: readonly MozillaPlace[] = [
    { program: 'firefox', packaging: 'system', folder: join(home, '.mozilla/firefox') },
    { program: 'firefox', packaging: 'system', folder: join(config, 'mozilla/firefox') },
    { program: 'thunderbird', packaging: 'system', folder: join(home, '.thunderbird') },
    { program: 'thunderbird', packaging: 'system', folder: join(config, 'thunderbird') },
  ];
  const snap = (program: 'firefox' | 'thunderbird', inside: string): MozillaPlace => ({
    program,
    packaging: 'snap',
    folder: join(home, 'snap', program, 'common', inside),
  });
  const flatpak = (program: 'firefox' | 'thunderbird', name: string, inside: string): MozillaPlace => ({
    program,
    packaging: 'flatpak',
    folder: join(home, '.var/app', name, inside),
  });
  return [
    ...own,
    snap('firefox', '.mozilla/firefox'),
    snap('firefox', '.config/mozilla/firefox'),
    snap('thunderbird', '.thunderbird'),
    flatpak('firefox', 'org.mozilla.firefox', '.mozilla/firefox'),
    flatpak('firefox', 'org.mozilla.firefox', 'config/mozilla/firefox'),
    flatpak('thunderbird', 'org.mozilla.Thunderbird', '.thunderbird'),
    flatpak('thunderbird', 'org.mozilla.thunderbird', '.thunderbird'),
  ];
}

/**
 * The databases that Chromium and its kin use: `~/.pki/nssdb` where it is there, else since version 146 `$XDG_DATA_HOME/pki/nssdb`, as
 * NSS' own nsssysinit.c. Older ones know `~/.pki/nssdb` alone, so that is the one to make where there is none.
 */
export function sharedPlaces(home: string, environment: Environment): readonly SharedPlace[] {
  const config = configFolder(home, environment);
  const own = [
    'chromium',
    'google-chrome',
    'google-chrome-beta',
    'BraveSoftware/Brave-Browser',
    'microsoft-edge',
    'vivaldi',
  ];
  const flatpaks = ['org.chromium.Chromium', 'com.google.Chrome', 'com.brave.Browser', 'com.microsoft.Edge'];
  return [
    {
      packaging: 'system',
      folders: [join(home, '.pki/nssdb'), join(dataFolder(home, environment), 'pki/nssdb')],
      browsers: own.map((name) => join(config, name)),
    },
    {
      packaging: 'snap',
      folders: [
        join(home, 'snap/chromium/current/.pki/nssdb'),
        join(home, 'snap/chromium/current/.local/share/pki/nssdb'),
      ],
      browsers: [join(home, 'snap/chromium/common/chromium')],
    },
    ...flatpaks.map((name): SharedPlace => {
      const folder = join(home, '.var/app', name);
      const folders = [join(folder, '.pki/nssdb'), join(folder, 'data/pki/nssdb')] as const;
      return { packaging: 'flatpak', folders, browsers: [join(folder, 'config')] };
    }),
  ];
}

function configFolder(home: string, { XDG_CONFIG_HOME: named }: Environment): string {
  return named?.startsWith('/') === true ? named : join(home, '.config');
}

function dataFolder(home: string, { XDG_DATA_HOME: named }: Environment): string {
  return named?.startsWith('/') === true ? named : join(home, '.local/share');
}
