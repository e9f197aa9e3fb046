import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Settings } from './settings.js';
import { SettingsFile } from './settings-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-settings-'));
  path = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): Settings => new Settings(new SettingsFile(path));

describe('settings that two processes have open', () => {
  it('keep what each of them chose, whoever came last', () => {
    const [host, command] = [open(), open()];
    host.choose({ language: 'fi' });
    command.chooseForPlugin('pdf', { values: { certificate: 'ab' } });
    host.choose({ theme: 'dark' });
    host.chooseForPlugin('pdf', { values: { place: 'Turku' } });
    command.choose({ theme: undefined });
    const all = { language: 'fi', plugins: { pdf: { values: { certificate: 'ab', place: 'Turku' } } } };
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(all);
    expect([command.now.language, command.now.theme]).toEqual(['fi', undefined]);
  });

  it('reach the one that follows them', async () => {
    const [host, command] = [open(), open()];
    const following = host.follow();
    const heard = firstValueFrom(host.chosen.pipe(filter(({ theme }) => theme === 'dark')));
    command.choose({ theme: 'dark' });
    await heard;
    following.dispose();
  });

  it('are not taken for broken while somebody writes them by hand, and lose nothing then', async () => {
    const host = open();
    host.choose({ language: 'sv' });
    const following = host.follow();
    writeFileSync(path, '{ "language": ');
    const heard = firstValueFrom(host.chosen.pipe(filter(({ language }) => language === 'en')));
    writeFileSync(path, '{ "language": "en" }');
    await heard;
    writeFileSync(path, '{ "language": ');
    host.choose({ theme: 'dark' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ language: 'en', theme: 'dark' });
    following.dispose();
  });
});
