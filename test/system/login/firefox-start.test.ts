import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ProgramsHome, runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { type CardTable, cardTable } from '../card-table.js';
import { socketUnit } from '../socket-unit.js';

const tokens = ['Finnish identity card (PIN1)', 'Finnish identity card (PIN2)'];

let table: CardTable;
let profile: string;
let firefox: RunningProgram;
let host: ChildProcess;

beforeAll(async () => {
  table = await cardTable('fineid-v4');
  const at: ProgramsHome = { home: table.at('home'), environment: table.environment };
  profile = await usedProfile('firefox-esr', at, 'person');
  await table.home.json(['mail', 'apply'], { environment: table.daemon.env });
});
afterAll(async () => {
  await firefox.kill();
  await table.home.sigill(['quit']);
  host.kill('SIGKILL');
  await table.close();
});

/** Tokens that an open Firefox sees. */
const seen = (): Promise<readonly string[]> => firefox.driver.run<readonly string[]>(tokensSeen);

const tokensSeen = `return (async () => {
  const modules = await Cc['@mozilla.org/security/pkcs11moduledb;1'].getService(Ci.nsIPKCS11ModuleDB).listModules();
  const { slots } = modules.find(({ name }) => name === 'Sigill');
  return slots.filter(({ status }) => status !== Ci.nsIPKCS11Slot.SLOT_NOT_PRESENT).map(({ tokenName }) => tokenName);
})();`;

it('Firefox that is started before Sigill sees the card: systemd starts Sigill for it', async () => {
  host = await socketUnit(table);
  firefox = await runProgram('firefox-esr', { home: table.at('home'), environment: table.environment }, profile);
  expect(await seen()).toEqual(tokens);
  expect(await table.home.json(['pkcs11', 'status'])).toMatchObject({ tokens: tokens.map((label) => ({ label })) });
});

it('an open Firefox loses the card with the host, and finds it again when the host is back', async () => {
  const gone = once(host, 'exit');
  await table.home.sigill(['quit']);
  await gone;
  while ((await seen()).length > 0);
  host = await socketUnit(table);
  while ((await seen()).length < tokens.length);
  expect(await seen()).toEqual(tokens);
});
