import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SettingsFile } from '../settings/settings-file.js';
import { ToldToday } from './told-today.js';

const [today, tomorrow] = [new Date('2026-11-21T12:00:00Z'), new Date('2026-11-22T00:00:00Z')];
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-told-'));
  path = join(folder, 'state', 'told-today.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): ToldToday => new ToldToday(new SettingsFile(path));

it('what was told is remembered until the end of its day, by the next start too', () => {
  const told = open();
  expect(told.has('a', today)).toBe(false);
  told.add('a', today);
  told.add('b', today);
  expect([open().has('a', today), open().has('b', today), open().has('a', tomorrow)]).toEqual([true, true, false]);
});

it('days before are forgotten', () => {
  open().add('a', today);
  open().add('c', tomorrow);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ day: '2026-11-22', keys: ['c'] });
});

it.each(['{', '[]', '{"day":1,"keys":["a"]}', '{"day":"2026-11-21","keys":"a"}'])(
  'a file that says %s is as none',
  (text) => {
    open().add('x', today);
    writeFileSync(path, text);
    expect(open().has('a', today)).toBe(false);
  },
);
