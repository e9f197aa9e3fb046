import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chosen } from './chosen.js';
import { Settings } from './settings.js';
import { SettingsFile } from './settings-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-settings-'));
  path = join(folder, 'sigill', 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (broken?: (why: string) => void): Settings => new Settings(new SettingsFile(path), broken);
const content = (): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('what a person chooses is kept', () => {
  it('for the next start, in a file of theirs alone', async () => {
    const settings = open();
    await settings.choose({ language: 'fi', autostart: true });
    await settings.chooseForPlugin('pdf', { values: { place: 'Turku' } });
    await settings.chooseForPlugin('pdf', { disabled: true });
    await settings.chooseForPlugin('pdf', { values: { pages: 3 } });
    expect(open().now).toEqual({
      language: 'fi',
      autostart: true,
      plugins: { pdf: { disabled: true, values: { place: 'Turku', pages: 3 } } },
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'sigill')).mode & 0o777).toBe(0o700);
  });

  it('until they take it back', async () => {
    const settings = open();
    await settings.choose({ theme: 'dark', notifications: false });
    expect(open().now).toEqual({ theme: 'dark', notifications: false, plugins: {} });
    await settings.choose({ theme: undefined });
    expect(open().now).toEqual({ notifications: false, plugins: {} });
    expect(content()).toEqual({ notifications: false });
  });

  it('and told at once to whoever follows', async () => {
    const settings = open();
    const seen: (Chosen['language'] | undefined)[] = [];
    settings.chosen.subscribe(({ language }) => seen.push(language));
    await settings.choose({ language: 'sv' });
    expect(seen).toEqual([undefined, 'sv']);
  });

  it('and what a newer program wrote beside it stays', async () => {
    await open().choose({ language: 'sv' });
    writeFileSync(path, JSON.stringify({ language: 'sv', colour: 'red', plugins: { a: { since: 1 } } }));
    const settings = open();
    await settings.choose({ language: 'en' });
    await settings.chooseForPlugin('a', { values: { x: 1 } });
    expect(content()).toEqual({ language: 'en', colour: 'red', plugins: { a: { since: 1, values: { x: 1 } } } });
  });
});

describe('a file that is not as it should be', () => {
  it.each(['{', '[]', '"text"', '', 'null', `{"a":"${'x'.repeat(1_000_001)}"}`])(
    'is set aside when it is broken: %.20s',
    async (text) => {
      await open().choose({ language: 'sv' });
      writeFileSync(path, text);
      const told: string[] = [];
      const settings = open((why) => told.push(why));
      expect(settings.now).toEqual({ plugins: {} });
      expect(told).toHaveLength(1);
      expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text);
      expect(existsSync(path)).toBe(false);
      await settings.choose({ language: 'fi' });
      expect(content()).toEqual({ language: 'fi' });
    },
  );

  it('counts where its values are of the right type', async () => {
    await open().choose({});
    const plugins = { a: { disabled: 'yes', values: { one: 1, many: [1], no: null } }, b: 3, __proto__: {} };
    writeFileSync(
      path,
      JSON.stringify({ language: 'de', autostart: 'yes', theme: 'pink', notifications: 1, trayTold: 1, plugins }),
    );
    expect(open().now).toEqual({ plugins: { a: { values: { one: 1 } } } });
  });

  it('cannot be written: the choice counts until the end, and the person is told', async () => {
    writeFileSync(join(folder, 'sigill'), 'a file where the folder should be');
    const file = new SettingsFile(path);
    const settings = new Settings(Object.assign(file, { read: () => ({}), look: () => ({}) }));
    await expect(settings.choose({ language: 'sv' })).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(settings.now.language).toBe('sv');
    // As soon as it can be, all of it is written.
    rmSync(join(folder, 'sigill'));
    await settings.choose({ theme: 'dark' });
    expect(content()).toEqual({ language: 'sv', theme: 'dark' });
  });
});
