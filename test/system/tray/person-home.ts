import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A person's home with programs of their own, which come before the computer's. */
export interface PersonHome {
  readonly folder: string;
  /** `HOME`, the XDG folders and `PATH`. */
  readonly environment: NodeJS.ProcessEnv;
  /** A script of this name, for a shell. */
  program(name: string, script: string): void;
  remove(): void;
}

/** Makes one. `without` are programs of the computer (the beginnings of their names) that this person has not got. */
export function personHome({ without = [] }: { readonly without?: readonly string[] } = {}): PersonHome {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-person-'));
  const [own, usual] = [join(folder, 'bin'), join(folder, 'usr-bin')];
  for (const made of [own, usual]) mkdirSync(made);
  for (const name of readdirSync('/usr/bin'))
    if (!without.some((start) => name.startsWith(start))) symlinkSync(join('/usr/bin', name), join(usual, name));
  const node = dirname(process.execPath);
  if (node !== '/usr/bin') for (const name of ['node', 'npm']) symlinkSync(join(node, name), join(own, name));
  return {
    folder,
    environment: {
      PATH: [own, usual].join(':'),
      LANG: 'C.UTF-8',
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_RUNTIME_DIR: join(folder, 'run'),
    },
    program: (name, script) => writeFileSync(join(own, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 }),
    remove() {
      // A browser that was closed may leave a process of its own behind, which goes on writing to its profile.
      spawnSync('pkill', ['-KILL', '-f', folder]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
