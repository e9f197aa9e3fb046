import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';
import { type CardTable, cardTable } from '../card-table.js';
import { socketUnit } from '../socket-unit.js';
import { type DemandingServer, demandingServer } from './demanding-server.js';
import { readyFor } from './firefox-desk.js';
import { visit } from './visit.js';

const tokens = ['Finnish identity card (PIN1)', 'Finnish identity card (PIN2)'];

let table: CardTable;
let profile: string;
let firefox: RunningProgram;
let host: ChildProcess;
let server: DemandingServer;

const at = () => ({ home: table.at('home'), environment: table.environment });
const start = (): Promise<RunningProgram> => runProgram('firefox-esr', at(), profile);

beforeAll(async () => {
  table = await cardTable('fineid-v4');
  server = await demandingServer('TLSv1.3');
  profile = await usedProfile('firefox-esr', at(), 'person');
  readyFor(profile, [server]);
  await table.home.json(['mail', 'apply'], { environment: table.daemon.env });
});
afterAll(async () => {
  await firefox.kill();
  server.close();
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
  firefox = await start();
  expect(await seen()).toEqual(tokens);
  expect(await table.home.json(['pkcs11', 'status'])).toMatchObject({ tokens: tokens.map((label) => ({ label })) });
});

it('an open Firefox does not come back to a Sigill that was started anew; its next start does', async () => {
  const gone = once(host, 'exit');
  await table.home.sigill(['quit']);
  await gone;
  host = await socketUnit(table);
  // NSS goes on showing what it remembers, and by turns nothing; when a server wants the card, there is none.
  while ((await seen()).length > 0);
  await expect(visit(firefox, server.url)).rejects.toThrow('does not get to');
  // Had it knocked at the socket, there would be a Sigill.
  expect(await table.home.sigill(['status', '--json'])).toMatchObject({
    errors: expect.stringContaining('host-absent'),
  });
  await firefox.quit();
  firefox = await start();
  expect(await seen()).toEqual(tokens);
});
