import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launches } from './launches.js';
import { writeLeadPage } from './lead-page.js';
import { DesktopOpener } from './opener.js';

const address = 'http://127.0.0.1:4711/?token=abc';
const size = { width: 560, height: 720 };

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-opener-'));
  mkdirSync(at('bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes what it was started with, whole, and ends with `code`. */
function program(name: string, code = 0): string {
  const path = at('bin', name);
  const noted = at(name);
  writeFileSync(
    path,
    `#!/bin/sh\nprintf '%s\\n' "$@" > '${noted}.new'\n/bin/mv '${noted}.new' '${noted}'\nexit ${code}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const environment = (more: Readonly<Record<string, string>> = { DISPLAY: ':1' }) => ({
  PATH: at('bin'),
  HOME: at('home'),
  ...more,
});
const place = (more?: Readonly<Record<string, string>>) => ({
  platform: 'linux',
  environment: environment(more),
  data: at('data'),
});
const quiet = (): void => undefined;
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const opener = (more: { platform?: string; environment?: Readonly<Record<string, string>> } = {}) =>
  new DesktopOpener({ ...place(), runtime: at('run'), log, ...more });
const noted = async (name: string): Promise<readonly string[]> => {
  await expect.poll(() => existsSync(at(name))).toBe(true);
  return readFileSync(at(name), 'utf8').trim().split('\n');
};

describe('the window is opened', () => {
  it('as an app window of a Chromium, in a profile of our own and of the right size, by absolute path', () => {
    const chromium = program('chromium');
    const other = program('xdg-open');
    const [first, second] = launches(address, size, place());
    expect(first).toMatchObject({ program: chromium, profile: at('data', 'browser') });
    expect(first?.args.slice(0, 3)).toEqual([
      `--app=${address}`,
      `--user-data-dir=${at('data', 'browser')}`,
      '--window-size=560,720',
    ]);
    expect(first?.args).not.toContain('--no-sandbox');
    expect(second).toEqual({ program: other, args: [address] });
  });

  it('else by what the desktop opens pages with', () => {
    const other = program('xdg-open');
    expect(launches(address, size, place({ WAYLAND_DISPLAY: 'wayland-0' }))).toEqual([
      { program: other, args: [address] },
    ]);
    expect(launches(address, size, { ...place(), platform: 'darwin' })).toEqual([
      { program: '/usr/bin/open', args: [address] },
    ]);
    const windows = launches(address, size, { ...place({ SystemRoot: '/windows' }), platform: 'win32' });
    expect(windows.at(-1)?.args).toEqual(['url.dll,FileProtocolHandler', address]);
  });

  it('by nothing where there is no desktop, and by no program of the current directory', () => {
    program('chromium');
    expect(launches(address, size, place({}))).toEqual([]);
    expect(launches(address, size, place({ DISPLAY: '' }))).toEqual([]);
    expect(launches(address, size, place({ DISPLAY: ':1', PATH: '.:bin:' }))).toEqual([]);
    expect(opener({ environment: environment({}) }).open(address, size)).toBe(false);
    expect(opener({ environment: environment({ DISPLAY: ':1', PATH: '' }) }).open(address, size)).toBe(false);
  });

  it('with no shell between: what looks like a command is an address', async () => {
    program('xdg-open');
    const strange = `${address}&touch ${at('touched')};$(touch ${at('touched')})`;
    expect(opener().open(strange, size)).toBe(true);
    expect(await noted('xdg-open')).toEqual([strange]);
    expect(existsSync(at('touched'))).toBe(false);
  });

  it('in a profile that keeps no codes, readable by its owner alone', async () => {
    program('chromium');
    expect(opener().open(address, size)).toBe(true);
    expect((await noted('chromium'))[0]).toBe(`--app=${address}`);
    expect(statSync(at('data', 'browser')).mode & 0o777).toBe(0o700);
    const preferences = JSON.parse(readFileSync(at('data', 'browser', 'Default', 'Preferences'), 'utf8')) as unknown;
    expect(preferences).toMatchObject({ credentials_enable_service: false });
  });

  it('by the next program when the first one ends with an error at once', async () => {
    program('chromium', 1);
    program('xdg-open');
    expect(opener().open(address, size)).toBe(true);
    expect(await noted('xdg-open')).toEqual([address]);
  });

  it('on macOS, where every user sees every command line, by way of a file that only its owner can read', () => {
    const path = fileURLToPath(writeLeadPage(at('run'), address));
    expect(readFileSync(path, 'utf8')).toContain(`content="0;url=${address}"`);
    expect([statSync(path).mode & 0o777, statSync(at('run')).mode & 0o777]).toEqual([0o600, 0o700]);
  });
});
