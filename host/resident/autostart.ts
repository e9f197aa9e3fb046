import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '@sigill/core';

/** The program as it is started: the runtime, then its arguments. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export interface AutostartPlace {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** A file that makes the person's session start the program at log-in. */
export interface AutostartEntry {
  readonly path: string;
  readonly text: string;
}

/** The entry for this computer. */
export function autostartEntry({ platform, environment, home }: AutostartPlace, program: Program): AutostartEntry {
  if (platform === 'darwin')
    return { path: join(home, 'Library', 'LaunchAgents', 'org.sigill.plist'), text: launchAgent(program) };
  if (platform === 'win32') {
    const roaming = environment['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    const folder = join(roaming, 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Startup');
    return { path: join(folder, 'Sigill.vbs'), text: startupScript(program) };
  }
  // XDG autostart specification 0.5.
  const named = environment['XDG_CONFIG_HOME'];
  const config = named?.startsWith('/') === true ? named : join(home, '.config');
  return { path: join(config, 'autostart', 'sigill.desktop'), text: desktopEntry(program) };
}

/** Writes the entry, or takes it away. Fails with `file-unwritable`. */
export function setAutostart({ path, text }: AutostartEntry, wanted: boolean): void {
  try {
    if (!wanted) return rmSync(path, { force: true });
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.new`;
    writeFileSync(beside, text, { mode: 0o644 });
    renameSync(beside, path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('file-unwritable', { path, why }, error);
  }
}

/** Desktop entry specification 1.5, *The Exec key*: quoted, with the reserved characters escaped, and once more as a string. */
function desktopEntry({ command, args }: Program): string {
  const quoted = [command, ...args].map((part) => `"${part.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`);
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Sigill',
    'Comment=Smart cards in plain words',
    'Comment[sv]=Smarta kort på vanligt språk',
    'Comment[fi]=Älykortit selkokielellä',
    `Exec=${quoted.join(' ').replaceAll('\\', '\\\\')}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

function launchAgent({ command, args }: Program): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>org.sigill</string>
  <key>ProgramArguments</key>
  <array>
${[command, ...args].map((part) => `    <string>${escaped(part)}</string>`).join('\n')}
  </array>
  <key>RunAtLoad</key>
  <true/>
</dict>
</plist>
`;
}

/** Without a console window: `Run` with window style 0. In VBScript a quote is written twice. */
function startupScript({ command, args }: Program): string {
  const line = [command, ...args].map((part) => `"${part}"`).join(' ');
  return `CreateObject("WScript.Shell").Run "${line.replaceAll('"', '""')}", 0, False\r\n`;
}
