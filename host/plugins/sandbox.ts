/** What the process of a plugin is started with. */
export interface Sandbox {
  /** Folders and files that it may read, as absolute real paths. */
  readonly reads: readonly string[];
}

/** Mebibytes of a plugin's heap. */
const memory = 128;

/** Environment variables that a plugin gets as they are: language and time zone, and what Windows needs to start a program. */
const inherited = ['LANG', 'LC_ALL', 'TZ', 'SystemRoot'];

/** A process for one job: V8 saves memory where it can, and keeps one thread beside the main one; that is 10 MiB less for each plugin. */
export const engineFlags: readonly string[] = [
  `--max-old-space-size=${memory}`,
  '--optimize-for-size',
  '--v8-pool-size=1',
];

/**
 * Flags of Node.js's permission model for a version such as `20.19.0`. With it files but `reads`, writing, child processes, workers, native
 * add-ons, WASI and the inspector are denied; from 25 on the network and Unix sockets too, by not being allowed.
 */
export function sandboxFlags(version: string, { reads }: Sandbox): readonly string[] {
  const permission = isFrom(version, 22, 13) ? '--permission' : '--experimental-permission';
  return [
    permission,
    ...reads.map((path) => `--allow-fs-read=${path}`),
    // Node.js 20 says on standard error that the permission model is experimental.
    '--no-warnings',
    ...(isFrom(version, 22, 14) ? ['--disable-sigusr1'] : []),
    ...engineFlags,
  ];
}

/** What this version cannot deny by flags: the threat that is left. */
export function notDenied(version: string): readonly ('network' | 'signals')[] {
  return isFrom(version, 25, 0) ? ['signals'] : ['network', 'signals'];
}

/** The environment of a plugin: a handful of harmless variables. */
export function sandboxEnvironment(from: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = inherited.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]));
  return Object.fromEntries(kept) as Record<string, string>;
}

function isFrom(version: string, major: number, minor: number): boolean {
  const [hasMajor = 0, hasMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
}
