import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bin, Home, shown } from '../../e2e/sigill.js';
import { type ProgramsHome, runProgram, type RunningProgram, usedProfile } from '../../mail/programs.js';

const simulate = ['--simulate', 'fineid-v4'];
const tokens = ['Finnish identity card (PIN1)', 'Finnish identity card (PIN2)'];

let home: Home;
let at: ProgramsHome;
let profile: string;
let firefox: RunningProgram;
const children: ChildProcess[] = [];

beforeAll(async () => {
  home = new Home();
  for (const folder of ['home', 'runtime', 'runtime/p11-kit']) mkdirSync(join(home.folder, folder), { mode: 0o700 });
  at = { home: join(home.folder, 'home'), environment: home.environment() };
  profile = await usedProfile('firefox-esr', at, 'person');
  await home.json([...simulate, 'mail', 'apply']);
});
afterAll(async () => {
  await firefox.kill();
  await home.sigill(['quit']);
  for (const child of children) child.kill('SIGKILL');
  home.remove();
});

/** What systemd does with Sigill's socket unit. */
async function systemd(): Promise<ChildProcess> {
  const usual = join(home.folder, 'runtime/p11-kit/pkcs11');
  const variables = Object.keys(home.environment()).flatMap((name) => ['-E', name]);
  const words = [...variables, '-l', usual, process.execPath, bin, ...simulate, 'pkcs11', 'serve'];
  const child = spawn('systemd-socket-activate', words, { env: home.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  await shown(child.stderr, /Listening on/);
  return child;
}

/** Tokens that an open Firefox sees. */
const seen = (): Promise<readonly string[]> => firefox.driver.run<readonly string[]>(tokensSeen);

const tokensSeen = `return (async () => {
  const modules = await Cc['@mozilla.org/security/pkcs11moduledb;1'].getService(Ci.nsIPKCS11ModuleDB).listModules();
  const { slots } = modules.find(({ name }) => name === 'Sigill');
  return slots.filter(({ status }) => status !== Ci.nsIPKCS11Slot.SLOT_NOT_PRESENT).map(({ tokenName }) => tokenName);
})();`;

it('Firefox that is started before Sigill sees the card: systemd starts Sigill for it', async () => {
  await systemd();
  firefox = await runProgram('firefox-esr', at, profile);
  expect(await seen()).toEqual(tokens);
  expect(await home.json(['pkcs11', 'status'])).toMatchObject({ tokens: tokens.map((label) => ({ label })) });
});

it('an open Firefox loses the card with the host, and finds it again when the host is back', async () => {
  const [host] = children;
  const gone = once(host!, 'exit');
  await home.sigill(['quit']);
  await gone;
  while ((await seen()).length > 0);
  await systemd();
  while ((await seen()).length < tokens.length);
  expect(await seen()).toEqual(tokens);
});
