import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { module, type Pkcs11Desk, pkcs11Desk } from './pkcs11-tools.js';

let desk: Pkcs11Desk;
let port: number;

beforeAll(async () => {
  desk = await pkcs11Desk('myeid', 'fineid-v4');
  port = await freePort();
  await desk.run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', desk.file('host'));
  const keys = (await desk.run('ssh-keygen', '-D', module)).text;
  chmodSync(desk.file('keys', keys), 0o600);
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${desk.file('host')}`,
    `AuthorizedKeysFile ${desk.file('keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    `PidFile ${desk.file('sshd.pid')}`,
  ];
  // sshd wants the folder that its service would have made.
  mkdirSync('/run/sshd', { recursive: true });
  const server = desk.start('/usr/sbin/sshd', '-D', '-e', '-f', desk.file('sshd_config', `${settings.join('\n')}\n`));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('listening')) resolve();
    });
    server.once('exit', () => reject(new Error(said)));
  });
});
afterAll(() => desk.close());

it.each([
  ['RSA', 1],
  ['EC', 0],
])('ssh logs in with a key of the card (%s)', async (kind, card) => {
  // One card at a time, so that it is its key that opens the door.
  desk.readers.remove(desk.reader(card));
  desk.person.reset();
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${desk.file('known')}`,
    'PreferredAuthentications=publickey',
  ];
  const words = options.flatMap((option) => ['-o', option]);
  const who = `${userInfo().username}@127.0.0.1`;
  const { exit, text } = await desk.run(
    'ssh',
    '-F',
    'none',
    '-p',
    `${port}`,
    '-I',
    module,
    ...words,
    who,
    'echo let in',
  );
  expect([exit, text]).toEqual([0, expect.stringContaining('let in')]);
  expect(desk.person.forms[0]).toMatchObject({ requester: 'ssh', operation: 'login' });
  desk.readers.insert(desk.reader(card), desk.cards[card]!);
  expect(kind).toBeTruthy();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}
