import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bin, Home } from './e2e/sigill.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'host/dist/program');
const plugins = ['activation', 'email', 'pdf-sign', 'pin'];

/** Native packages, which need not be there. */
const outside = ['dbus-next', 'pcsc-mini', 'pcsclite', 'systray2'];

describe('bundles (docs/decisions/0029)', () => {
  it.each([program, ...plugins.map((name) => join(root, 'plugins', name, 'dist/plugin'))])(
    'in %s need nothing beside them, and tell the licences of what they hold',
    (folder) => {
      const files = readdirSync(folder).filter((name) => /\.c?js$/.test(name));
      const needed = files.flatMap((file) => needs(join(folder, file)));
      const others = needed.filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
      expect(others.filter((name) => !isBuiltin(name) && !outside.includes(name))).toEqual([]);
      expect(readFileSync(join(folder, 'LICENSES.txt'), 'utf8')).toMatch(/^inversify \d.*MIT/m);
    },
  );

  it('are small in number of files: a start is not slowed by them', () => {
    // What is seen of it is not only the first one.
    for (const first of ['run.cjs', 'runner.cjs']) expect(loadedBy(join(program, first)).size).toBeGreaterThan(3);
    expect(loadedBy(join(program, 'run.cjs')).size).toBeLessThan(25);
    expect(loadedBy(join(program, 'runner.cjs')).size).toBeLessThan(15);
    for (const name of plugins) {
      const main = JSON.parse(readFileSync(join(root, 'plugins', name, 'package.json'), 'utf8')) as { main: string };
      expect(loadedBy(join(root, 'plugins', name, main.main)).size, name).toBeLessThan(15);
    }
  });

  it('are not compiled again at a start: V8 takes what the build kept', async () => {
    const home = new Home();
    const teller = pathToFileURL(join(root, 'test/tell-compiled.mjs')).href;
    const words = ['--import', teller, bin, '--simulate', 'fineid-v4', 'cards'];
    const { stderr } = await promisify(execFile)(process.execPath, words, { env: home.environment() });
    home.remove();
    const told = stderr.trim().split('\n');
    expect(told).toContain('taken run.cjs');
    expect(told.filter((line) => !line.startsWith('taken '))).toEqual([]);
  });
});

/** What a start reads: a file with all that it loads without being asked. */
function loadedBy(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const name of imports(file)) if (name.startsWith('.')) loadedBy(join(dirname(file), name), seen);
  return seen;
}

/** All that a file may ever ask for. */
function needs(file: string): readonly string[] {
  if (!file.endsWith('.cjs')) return imports(file);
  return [...readFileSync(file, 'utf8').matchAll(/\brequire\("([^"\n]+)"\)/g)].map(([, name = '']) => name);
}

/** What it asks for before anything else. */
function imports(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const forms = file.endsWith('.cjs')
    ? /^(?:const|let|var)[^;]*?= (?:require_\w+\.__toESM\()?require\("([^"\n]+)"\)|^require\("([^"\n]+)"\)/gm
    : /^(?:import|export)\b[^;'"]*?["']([^"'\n]+)["'];/gm;
  return [...text.matchAll(forms)].map(([, first, second]) => first ?? second ?? '');
}
