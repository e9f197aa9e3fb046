import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { CKR } from '../../host/pkcs11/constants.js';
import { Pkcs11Client } from '../../host/pkcs11/client.js';
import { ended, shown } from '../e2e/sigill.js';
import { type CardTable, cardTable } from './card-table.js';
import { module, type ProgramsBeside, programsBeside } from './programs-beside.js';
import { socketUnit } from './socket-unit.js';

let table: CardTable;
let programs: ProgramsBeside;
const children: ChildProcess[] = [];
const own = (): string => table.at('runtime/sigill/pkcs11.sock');

beforeAll(async () => {
  table = await cardTable('myeid');
  programs = programsBeside(table.environment);
});
afterEach(async () => {
  await table.home.sigill(['quit']);
  for (const child of children.splice(0)) {
    const gone = child.exitCode === null && child.signalCode === null && once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
});
afterAll(async () => {
  programs.close();
  await table.close();
});

/** A host that stays, once it says that it runs. */
async function host(): Promise<{ readonly end: Promise<unknown> }> {
  const child = table.home.start(['start', '--headless'], table.daemon.env);
  children.push(child);
  const end = ended(child);
  await shown(child.stdout, /\n/);
  return { end };
}

const systemd = async (): Promise<unknown> => children.push(await socketUnit(table));

/** The tokens that a program sees which knows no address: it looks in the usual place. */
async function tokens(): Promise<readonly string[]> {
  const { text } = await programs.tool('-L');
  return [...text.matchAll(/token label +: (.*)/g)].map(([, label = '']) => label);
}
const both = ['MyEID card (PIN1)', 'MyEID card (PIN2)'];

/** The tokens that Sigill says programs see. */
async function told(): Promise<readonly string[]> {
  const { tokens: seen } = await table.home.json<{ tokens: readonly { label: string }[] }>(['pkcs11', 'status']);
  return seen.map(({ label }) => label);
}

it('a program that is started before Sigill finds the card: systemd starts Sigill for it', async () => {
  await systemd();
  expect(await tokens()).toEqual(both);
  expect(await told()).toEqual(both);
});

it('where Sigill was started by hand, systemd’s socket leads to it', async () => {
  await host();
  // The host has taken the usual place; a session with the socket unit has it from log-in on.
  await table.home.sigill(['quit']);
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
  await table.home.sigill(['quit']);
  await end;
  await expect(program.call('C_GetInfo')).rejects.toMatchObject({ value: CKR.DEVICE_REMOVED });
  await host();
  const again = await Pkcs11Client.connect(own());
  expect((await again.call('C_GetSlotList', (writer) => writer.byte(1).uint32(8))).byte()).toBe(1);
  again.close();
});

it('another program’s socket in the usual place is left alone', async () => {
  const usual = table.at('runtime/p11-kit/pkcs11');
  const other = spawn('p11-kit', ['server', '-f', '-n', usual, 'pkcs11:'], { env: table.environment });
  children.push(other);
  await shown(other.stdout, /P11_KIT_SERVER_ADDRESS/);
  await host();
  expect(await tokens()).not.toEqual(both);
  expect(await told()).toEqual(both);
});

it('says where programs find it, in words of a shell', async () => {
  const { output } = await table.home.sigill(['pkcs11', 'env']);
  expect(output).toBe(`export P11_KIT_SERVER_ADDRESS=unix:path=${own()}\nexport PKCS11_MODULE=${module}\n`);
});
