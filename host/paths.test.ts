import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findPaths, ownFolder } from './paths.js';

it('every XDG folder is honoured', () => {
  const environment = {
    XDG_CONFIG_HOME: '/c',
    XDG_DATA_HOME: '/d',
    XDG_STATE_HOME: '/s',
    XDG_CACHE_HOME: '/k',
    XDG_RUNTIME_DIR: '/r',
  };
  expect(findPaths(environment, 'linux', '/home/anna')).toMatchObject({
    config: '/c/sigill',
    data: '/d/sigill',
    state: '/s/sigill',
    cache: '/k/sigill',
    runtime: '/r/sigill',
  });
});

it('without them the folders are the usual ones, and a relative one is ignored', () => {
  expect(findPaths({ XDG_STATE_HOME: 'here' }, 'linux', '/home/anna')).toMatchObject({
    config: '/home/anna/.config/sigill',
    data: '/home/anna/.local/share/sigill',
    state: '/home/anna/.local/state/sigill',
    cache: '/home/anna/.cache/sigill',
    runtime: '/home/anna/.local/state/sigill/run',
  });
});

it('macOS and Windows have places of their own', () => {
  expect(findPaths({}, 'darwin', '/Users/anna').cache).toBe('/Users/anna/Library/Caches/Sigill');
  expect(findPaths({ LOCALAPPDATA: '/local' }, 'win32', '/Users/anna').state).toBe('/local/Sigill/State');
});

it('plugins are the bundled ones and the person’s own; another folder can stand for the bundled ones', () => {
  const { bundled, user } = findPaths({ XDG_DATA_HOME: '/d' }, 'linux', '/home/anna').plugins;
  expect(bundled).toMatch(/[/\\]plugins$/);
  expect(user).toBe('/d/sigill/plugins');
  expect(findPaths({ SIGILL_PLUGINS: '/a' }, 'linux', '/home/anna').plugins.bundled).toBe('/a');
  expect(findPaths({ SIGILL_PLUGINS: 'a' }, 'linux', '/home/anna').plugins.bundled).toBe(bundled);
});

it('a folder that is made is for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-'));
  const before = process.umask(0);
  try {
    expect(statSync(ownFolder(join(folder, 'state', 'sigill'))).mode & 0o777).toBe(0o700);
  } finally {
    process.umask(before);
    rmSync(folder, { recursive: true });
  }
});
