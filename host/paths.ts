import { chmodSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { hostFolder } from './installed.js';

/** The folders of Sigill, absolute; none of them need exist. */
export interface Paths {
  readonly config: string;
  readonly data: string;
  readonly state: string;
  readonly cache: string;
  /** For sockets and the like; gone when the person logs out. */
  readonly runtime: string;
  /** Where plugins are looked for, the first with precedence. */
  readonly plugins: { readonly bundled: string; readonly system?: string; readonly user: string };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The folders that belong to a person: the XDG base directories where they are named, else the platform's own places. */
export function findPaths(environment: Environment, platform: string, home: string): Paths {
  const own = platforms[platform] ?? linux;
  const places = own(environment, home);
  const folder = (variable: string, otherwise: string): string => {
    // XDG base directory specification 0.8: a relative path is not valid and is ignored.
    const named = absolute(environment[variable]);
    return named === undefined ? otherwise : join(named, 'sigill');
  };
  const data = folder('XDG_DATA_HOME', places.data);
  const state = folder('XDG_STATE_HOME', places.state);
  return {
    config: folder('XDG_CONFIG_HOME', places.config),
    data,
    state,
    cache: folder('XDG_CACHE_HOME', places.cache),
    runtime: folder('XDG_RUNTIME_DIR', join(state, 'run')),
    plugins: {
      bundled: absolute(environment['SIGILL_PLUGINS']) ?? bundledPlugins,
      ...(platform === 'linux' ? { system: '/usr/share/sigill/plugins' } : {}),
      user: join(data, 'plugins'),
    },
  };
}

/** Makes the folder, readable by its owner alone, and gives its path back. */
export function ownFolder(path: string): string {
  // The mode of mkdir counts for new folders only, and is cut by the umask.
  if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
  return path;
}

interface Places {
  readonly config: string;
  readonly data: string;
  readonly state: string;
  readonly cache: string;
}

const linux = (_: Environment, home: string): Places => ({
  config: join(home, '.config', 'sigill'),
  data: join(home, '.local', 'share', 'sigill'),
  state: join(home, '.local', 'state', 'sigill'),
  cache: join(home, '.cache', 'sigill'),
});

const macos = (_: Environment, home: string): Places => {
  const support = join(home, 'Library', 'Application Support', 'Sigill');
  const cache = join(home, 'Library', 'Caches', 'Sigill');
  return { config: support, data: support, state: join(support, 'State'), cache };
};

const windows = (environment: Environment, home: string): Places => {
  const roaming = join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Sigill');
  const local = join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Sigill');
  return { config: roaming, data: join(local, 'Data'), state: join(local, 'State'), cache: join(local, 'Cache') };
};

const platforms: Readonly<Record<string, (environment: Environment, home: string) => Places>> = {
  darwin: macos,
  win32: windows,
};

/** Only an absolute path says the same wherever the program is started. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** `plugins/` beside `host/`. */
const bundledPlugins = join(hostFolder, '../plugins');
