import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'host/dist/program');
const plugins = ['activation', 'email', 'pdf-sign', 'pin'];

/** Native packages, which need not be there. */
const outside = ['dbus-next', 'pcsc-mini', 'pcsclite', 'systray2'];

describe('bundles (docs/decisions/0029)', () => {
  it.each([program, ...plugins.map((name) => join(root, 'plugins', name, 'dist/plugin'))])(
    'in %s need nothing beside them, and tell the licences of what they hold',
    (folder) => {
      const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
      const needed = files.flatMap((file) => imports(join(folder, file))).filter((name) => !name.startsWith('.'));
      expect(needed.filter((name) => !isBuiltin(name) && !outside.includes(name))).toEqual([]);
      expect(readFileSync(join(folder, 'LICENSES.txt'), 'utf8')).toMatch(/^inversify \d.*MIT/m);
    },
  );

  it('are small in number of files: a start is not slowed by them', () => {
    expect(loadedBy(join(program, 'run.js')).size).toBeLessThan(25);
    expect(loadedBy(join(program, 'runner.js')).size).toBeLessThan(15);
    for (const name of plugins) {
      const main = JSON.parse(readFileSync(join(root, 'plugins', name, 'package.json'), 'utf8')) as { main: string };
      expect(loadedBy(join(root, 'plugins', name, main.main)).size, name).toBeLessThan(15);
    }
  });
});

/** What a start reads: a file with all that it imports without being asked. */
function loadedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const name of imports(file)) if (name.startsWith('.')) loadedBy(join(dirname(file), name), seen);
  return seen;
}

function imports(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;'"]*?["']([^"'\n]+)["'];/gm)].map(([, name = '']) => name);
}
