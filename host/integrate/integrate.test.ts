import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTexts, hostMessages } from '../messages/texts.js';
import { disintegrate, integrate, isIntegrated } from './integrate.js';
import type { IntegrationPlace, MenuEntry } from './integrations.js';
import { quickAction } from './macos.js';
import { menuWords } from './menu-file.js';
import { registryVerb } from './windows.js';

const texts = (language: 'en' | 'sv' | 'fi') => readTexts(join(hostMessages, 'integrate'), language);
const words = menuWords({ en: texts('en'), sv: texts('sv'), fi: texts('fi') });
const program = { command: "/opt/it's/node", args: ['/opt/a%b$c/sigill.js', 'pdf', 'window', '--'] };
const entry: MenuEntry = { program, words, language: 'sv' };

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sigill-integrate-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const place = (more: Partial<IntegrationPlace> = {}): IntegrationPlace => ({
  platform: 'linux',
  environment: {},
  home,
  has: () => true,
  nautilusPython: false,
  ...more,
});
const files = (): string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => relative(home, join(found.parentPath, found.name)))
    .sort();
const read = (path: string): string => readFileSync(join(home, path), 'utf8');

describe('the menu entry on Linux', () => {
  it('comes to each file manager that is there, and goes without a trace', () => {
    expect(integrate(place(), entry).map(({ manager }) => manager)).toEqual([
      'open-with',
      'nautilus',
      'nemo',
      'dolphin',
      'thunar',
    ]);
    expect(files()).toEqual([
      '.config/Thunar/uca.xml',
      '.local/share/applications/sigill-sign-pdf.desktop',
      '.local/share/kio/servicemenus/sigill-sign-pdf.desktop',
      '.local/share/nautilus/scripts/Underteckna PDF-dokument med Sigill',
      '.local/share/nemo/actions/sigill-sign-pdf.nemo_action',
    ]);
    expect(isIntegrated(place(), entry)).toBe(true);
    disintegrate(place(), entry);
    expect([files(), isIntegrated(place(), entry)]).toEqual([[], false]);
    // The folders of the person stay, those of file managers do not.
    expect(readdirSync(home, { recursive: true }).sort()).toEqual(['.config', '.local', '.local/share']);
  });

  it('done twice is done once, and another language leaves nothing behind', () => {
    integrate(place(), entry);
    const before = files().map((path) => read(path));
    integrate(place(), entry);
    expect(files().map((path) => read(path))).toEqual(before);
    integrate(place(), { ...entry, language: 'fi' });
    expect(files().filter((path) => path.includes('nautilus'))).toEqual([
      '.local/share/nautilus/scripts/Allekirjoita PDF-asiakirja Sigillillä',
    ]);
    integrate(place({ nautilusPython: true }), entry);
    expect(files().filter((path) => path.includes('nautilus'))).toEqual([
      '.local/share/nautilus-python/extensions/sigill_sign_pdf.py',
    ]);
    disintegrate(place({ has: () => false }), entry);
    expect(files()).toEqual([]);
  });

  it('stands under "Open with" even where no file manager is known', () => {
    expect(integrate(place({ has: () => false }), entry).map(({ manager }) => manager)).toEqual(['open-with']);
    expect(read('.local/share/applications/sigill-sign-pdf.desktop')).toContain(
      String.raw`Exec="/opt/it's/node" "/opt/a%%b\\$c/sigill.js" "pdf" "window" "--" %F`,
    );
  });

  it('of Dolphin may be executed, as KIO wants it', () => {
    integrate(place(), entry);
    expect(statSync(join(home, '.local/share/kio/servicemenus/sigill-sign-pdf.desktop')).mode & 0o777).toBe(0o755);
  });

  it("leaves the person's own actions of Thunar as they are", () => {
    const own =
      '<?xml version="1.0"?>\n<actions>\n<action><name>Mine</name><unique-id>1</unique-id></action>\n</actions>\n';
    mkdirSync(join(home, '.config/Thunar'), { recursive: true });
    writeFileSync(join(home, '.config/Thunar/uca.xml'), own);
    integrate(place(), entry);
    expect(read('.config/Thunar/uca.xml')).toContain('<patterns>*.pdf;*.PDF</patterns>');
    expect(read('.config/Thunar/uca.xml')).toContain("'/opt/it'\\''s/node' '/opt/a%%b$c/sigill.js'");
    disintegrate(place(), entry);
    expect(read('.config/Thunar/uca.xml')).toBe(own);
  });

  it('does not write into what Thunar would not read', () => {
    mkdirSync(join(home, '.config/Thunar'), { recursive: true });
    writeFileSync(join(home, '.config/Thunar/uca.xml'), 'garbage');
    expect(() => integrate(place(), entry)).toThrowError(expect.objectContaining({ code: 'file-unwritable' }));
    expect(read('.config/Thunar/uca.xml')).toBe('garbage');
  });

  it('that cannot be written is a failure, and nothing is half-written', () => {
    writeFileSync(join(home, '.local'), '');
    expect(() => integrate(place(), entry)).toThrowError(expect.objectContaining({ code: 'file-unwritable' }));
    expect(files()).toEqual(['.local']);
  });
});

describe('the menu entry elsewhere', () => {
  it('is a verb in the registry of Windows', () => {
    const node = { command: 'C:\\Program Files\\node.exe', args: ['C:\\s\\sigill.js', 'pdf', 'window', '--'] };
    const file = Buffer.from(registryVerb(node, 'Underteckna'));
    expect([...file.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    const text = file.subarray(2).toString('utf16le');
    expect(text).toContain(
      String.raw`@="\"C:\\Program Files\\node.exe\" \"C:\\s\\sigill.js\" \"pdf\" \"window\" \"--\" \"%1\""`,
    );
    expect(text.split('\r\n')[0]).toBe('Windows Registry Editor Version 5.00');
  });

  it('is a Quick Action of the Finder', () => {
    const [information, workflow] = quickAction('/Users/a', program, 'Sign & seal');
    expect(information?.content).toContain('<string>Sign &amp; seal</string>');
    expect(workflow?.content).toContain(
      `<string>'/opt/it'\\''s/node' '/opt/a%b$c/sigill.js' 'pdf' 'window' '--' &quot;$@&quot;</string>`,
    );
    integrate(place({ platform: 'darwin' }), entry);
    expect(files()).toHaveLength(2);
    disintegrate(place({ platform: 'darwin' }), entry);
    expect(files()).toEqual([]);
  });
});
