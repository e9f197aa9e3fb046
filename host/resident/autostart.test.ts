import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, setAutostart } from './autostart.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sigill-autostart-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const program = { command: '/opt/Node "LTS"/node', args: ['/opt/a%b$c/sigill.js', 'start', '--background'] };

describe('the entry that starts the program at log-in', () => {
  it('is an XDG desktop entry on Linux, with what a shell or a field code would read escaped', () => {
    const entry = autostartEntry(
      { platform: 'linux', environment: { XDG_CONFIG_HOME: join(home, 'c') }, home },
      program,
    );
    expect(entry.path).toBe(join(home, 'c', 'autostart', 'sigill.desktop'));
    expect(entry.text).toContain(
      String.raw`Exec="/opt/Node \\"LTS\\"/node" "/opt/a%%b\\$c/sigill.js" "start" "--background"`,
    );
    expect(entry.text.startsWith('[Desktop Entry]\nType=Application\nName=Sigill\n')).toBe(true);
  });

  it.each([undefined, '', 'relative'])('stands in ~/.config when XDG_CONFIG_HOME is %j', (named) => {
    const { path } = autostartEntry({ platform: 'linux', environment: { XDG_CONFIG_HOME: named }, home }, program);
    expect(path).toBe(join(home, '.config', 'autostart', 'sigill.desktop'));
  });

  it('is a launch agent on macOS', () => {
    const { path, text } = autostartEntry(
      { platform: 'darwin', environment: {}, home },
      { command: '/a&b', args: ['<c>'] },
    );
    expect(path).toBe(join(home, 'Library', 'LaunchAgents', 'org.sigill.plist'));
    expect(text).toContain('<string>/a&amp;b</string>\n    <string>&lt;c&gt;</string>');
    expect(text).toContain('<key>RunAtLoad</key>\n  <true/>');
  });

  it('is a script without a console window in the start-up folder of Windows', () => {
    const node = { command: 'C:\\Program Files\\node.exe', args: ['C:\\s.js', 'start'] };
    const { path, text } = autostartEntry({ platform: 'win32', environment: { APPDATA: '/roaming' }, home }, node);
    expect(path).toMatch(/roaming.Microsoft.Windows.Start Menu.Programs.Startup.Sigill\.vbs$/);
    expect(text).toBe(
      'CreateObject("WScript.Shell").Run """C:\\Program Files\\node.exe"" ""C:\\s.js"" ""start""", 0, False\r\n',
    );
  });

  it('is written, written over and taken away', () => {
    const entry = autostartEntry({ platform: 'linux', environment: {}, home }, program);
    setAutostart(entry, true);
    writeFileSync(entry.path, 'an older one');
    setAutostart(entry, true);
    expect(readFileSync(entry.path, 'utf8')).toBe(entry.text);
    setAutostart(entry, false);
    setAutostart(entry, false);
    expect(existsSync(entry.path)).toBe(false);
  });

  it('that cannot be written is a failure', () => {
    writeFileSync(join(home, '.config'), '');
    const entry = autostartEntry({ platform: 'linux', environment: {}, home }, program);
    expect(() => setAutostart(entry, true)).toThrowError(expect.objectContaining({ code: 'file-unwritable' }));
  });
});
