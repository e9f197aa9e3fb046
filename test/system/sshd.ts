import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import type { ProgramsBeside } from './programs-beside.js';

/** An sshd that lets one key in. */
export interface Sshd {
  readonly address: string;
  /** What ssh needs before the address to be let in by nothing else. */
  readonly words: readonly string[];
  stop(): Promise<void>;
}

/** Starts it; `keys` are lines of `authorized_keys`. */
export async function startSshd(desk: Beside, keys: string): Promise<Sshd> {
  const port = await freePort();
  const [host, known] = [desk.file(`host-${port}`), desk.file('known')];
  await desk.well('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', host);
  chmodSync(desk.file(`keys-${port}`, keys), 0o600);
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${host}`,
    `AuthorizedKeysFile ${desk.file(`keys-${port}`)}`,
    'StrictModes no',
    // ssh offers the keys of every token before the one that fits.
    'MaxAuthTries 20',
    'UsePAM no',
    'PasswordAuthentication no',
    `PidFile ${desk.file('sshd.pid')}`,
  ];
  // sshd wants the folder that its service would have made.
  mkdirSync('/run/sshd', { recursive: true });
  const file = desk.file(`sshd_config-${port}`, `${settings.join('\n')}\n`);
  const server = desk.start('/usr/sbin/sshd', '-D', '-e', '-f', file);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('listening')) resolve();
    });
    server.once('exit', () => reject(new Error(said)));
  });
  const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${known}`, 'PreferredAuthentications=publickey'];
  return {
    address: `${userInfo().username}@127.0.0.1`,
    words: ['-F', 'none', '-p', `${port}`, ...options.flatMap((option) => ['-o', option])],
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

type Beside = Pick<ProgramsBeside, 'file' | 'well' | 'start'>;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}
