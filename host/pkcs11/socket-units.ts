import { join } from 'node:path';
import type { Program } from '../resident/autostart.js';

/** A file of the person's systemd. */
export interface UnitFile {
  readonly path: string;
  readonly text: string;
}

export const socketUnit = 'sigill-pkcs11.socket';

export interface UnitPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The units with which systemd listens for programs from log-in on, and starts Sigill for the first that comes: so a browser may be
 * started before Sigill. It listens where p11-kit's module looks by itself, and hands the socket down (systemd.socket(5)).
 */
export function socketUnits({ environment, home }: UnitPlace, program: Program): readonly UnitFile[] {
  const named = environment['XDG_CONFIG_HOME'];
  const folder = join(named?.startsWith('/') === true ? named : join(home, '.config'), 'systemd', 'user');
  const socket = [
    '[Unit]',
    'Description=The smart card, for browsers, mail programs and ssh (Sigill)',
    '',
    '[Socket]',
    'ListenStream=%t/p11-kit/pkcs11',
    'SocketMode=0600',
    'DirectoryMode=0700',
    '',
    '[Install]',
    'WantedBy=sockets.target',
  ];
  const service = [
    '[Unit]',
    'Description=Sigill, for programs that want the smart card',
    `Requires=${socketUnit}`,
    'Documentation=man:systemd.socket(5)',
    '',
    '[Service]',
    `ExecStart=${[program.command, ...program.args].map(quoted).join(' ')}`,
    // Ended by the person, it stays ended until the next program asks for the card.
    'Restart=on-failure',
  ];
  return [
    { path: join(folder, socketUnit), text: `${socket.join('\n')}\n` },
    { path: join(folder, 'sigill-pkcs11.service'), text: `${service.join('\n')}\n` },
  ];
}

/** A word of a command line (systemd.service(5), *Command lines*; systemd.unit(5), *Specifiers*). */
function quoted(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}
