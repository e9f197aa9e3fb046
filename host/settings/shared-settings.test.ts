import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../simulate/lock-file.js';
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
  it('keep what each of them chose, whoever came last', async () => {
    const [host, command] = [open(), open()];
    await host.choose({ language: 'fi' });
    await command.chooseForPlugin('pdf', { values: { certificate: 'ab' } });
    await host.choose({ theme: 'dark' });
    await host.chooseForPlugin('pdf', { values: { place: 'Turku' } });
    await command.choose({ theme: undefined });
    const all = { language: 'fi', plugins: { pdf: { values: { certificate: 'ab', place: 'Turku' } } } };
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(all);
    expect([command.now.language, command.now.theme]).toEqual(['fi', undefined]);
  });

  it('wait for a process that writes now: they count at once, the thread goes on, and the last choice stays', async () => {
    const host = open();
    const release = takeLock(`${path}.lock`);
    const written = [host.choose({ language: 'fi' }), host.choose({ language: 'sv' }), host.choose({ theme: 'dark' })];
    expect(host.now).toMatchObject({ language: 'sv', theme: 'dark' });
    expect(existsSync(path)).toBe(false);
    release?.();
    await Promise.all(written);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ language: 'sv', theme: 'dark' });
    expect(host.now).toMatchObject({ language: 'sv', theme: 'dark' });
  });

  it('reach the one that follows them', async () => {
    const [host, command] = [open(), open()];
    const following = host.follow();
    const heard = firstValueFrom(host.chosen.pipe(filter(({ theme }) => theme === 'dark')));
    await command.choose({ theme: 'dark' });
    await heard;
    following.dispose();
  });

  it('are not taken for broken while somebody writes them by hand, and lose nothing then', async () => {
    const host = open();
    await host.choose({ language: 'sv' });
    const following = host.follow();
    writeFileSync(path, '{ "language": ');
    const heard = firstValueFrom(host.chosen.pipe(filter(({ language }) => language === 'en')));
    writeFileSync(path, '{ "language": "en" }');
    await heard;
    writeFileSync(path, '{ "language": ');
    await host.choose({ theme: 'dark' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ language: 'en', theme: 'dark' });
    following.dispose();
  });
});
