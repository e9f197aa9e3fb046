import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CKR } from '../../host/pkcs11/constants.js';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { bin, ended, Home, shown } from '../e2e/sigill.js';
import { module } from './pkcs11-tools.js';

let home: Home;
let children: ChildProcess[];
const own = (): string => join(home.folder, 'runtime', 'sigill', 'pkcs11.sock');
const usual = (): string => join(home.folder, 'runtime', 'p11-kit', 'pkcs11');

beforeEach(() => {
  home = new Home();
  children = [];
  for (const folder of ['runtime', 'runtime/p11-kit']) mkdirSync(join(home.folder, folder), { mode: 0o700 });
});
afterEach(async () => {
  await home.sigill(['quit']);
  for (const child of children) child.kill('SIGKILL');
  home.remove();
});

/** A host that stays, once it says that it runs. */
async function host(...args: readonly string[]): Promise<{ readonly end: Promise<unknown> }> {
  const child = home.start(['--simulate', 'myeid', ...args, 'start', '--headless']);
  children.push(child);
  const end = ended(child);
  await shown(child.stdout, /\n/);
  return { end };
}

/** What systemd does with the socket unit: listens, and starts Sigill for the first program. */
async function systemd(): Promise<void> {
  const variables = Object.keys(home.environment()).flatMap((name) => ['-E', name]);
  const words = [...variables, '-l', usual(), process.execPath, bin, '--simulate', 'myeid', 'pkcs11', 'serve'];
  const child = spawn('systemd-socket-activate', words, { env: home.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  await shown(child.stderr, /Listening on/);
}

/** The tokens that a program sees which knows no address: it looks in the usual place. */
const tokens = (): Promise<readonly string[]> =>
  new Promise((resolve) =>
    execFile('pkcs11-tool', ['--module', module, '-L'], { env: home.environment() }, (_error, out) =>
      resolve([...out.matchAll(/token label +: (.*)/g)].map(([, label = '']) => label)),
    ),
  );
const both = ['MyEID card (PIN1)', 'MyEID card (PIN2)'];

it('a program that is started before Sigill finds the card: systemd starts Sigill for it', async () => {
  await systemd();
  expect(await tokens()).toEqual(both);
  expect(await home.json(['pkcs11', 'status'])).toMatchObject({ tokens: both.map((label) => ({ label })) });
});

it('where Sigill was started by hand, systemd’s socket leads to it', async () => {
  await host();
  // The host has taken the usual place; a session with the socket unit has it from log-in on.
  await home.sigill(['quit']);
  await systemd();
  await host();
  expect(await tokens()).toEqual(both);
  expect(await tokens()).toEqual(both);
});

it('without systemd, programs find Sigill in the usual place while it runs', async () => {
  expect(await tokens()).toEqual([]);
  await host();
  expect(await tokens()).toEqual(both);
});

it('a program whose host has ended is told so, and finds the next one when it begins anew', async () => {
  const { end } = await host();
  const program = await Pkcs11Client.connect(own());
  await home.sigill(['quit']);
  await end;
  await expect(program.call('C_GetInfo')).rejects.toMatchObject({ value: CKR.DEVICE_REMOVED });
  await host();
  const again = await Pkcs11Client.connect(own());
  expect((await again.call('C_GetSlotList', (writer) => writer.byte(1).uint32(8))).byte()).toBe(1);
  again.close();
});

it('another program’s socket in the usual place is left alone', async () => {
  const other = spawn('p11-kit', ['server', '-f', '-n', usual(), 'pkcs11:'], { env: home.environment() });
  children.push(other);
  await shown(other.stdout, /P11_KIT_SERVER_ADDRESS/);
  await host();
  expect(await tokens()).not.toEqual(both);
  const { tokens: seen } = await home.json<{ tokens: readonly { label: string }[] }>(['pkcs11', 'status']);
  expect(seen.map(({ label }) => label)).toEqual(both);
});

it('says where programs find it, in words of a shell', async () => {
  const { output } = await home.sigill(['pkcs11', 'env']);
  expect(output).toBe(`export P11_KIT_SERVER_ADDRESS=unix:path=${own()}\nexport PKCS11_MODULE=${module}\n`);
});
