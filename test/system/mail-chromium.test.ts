import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Home } from '../e2e/sigill.js';
import { type ApplyDocument, kindsOf, type UndoDocument } from '../mail/documents.js';
import { treeOf } from '../mail/tree.js';
import { type DemandingServer, demandingServer } from './login/demanding-server.js';

// The real Chromium says which database it uses: it makes the one that it lacks, and loads the modules of the one that it has.

const card = ['--simulate', 'fineid-v4'];
const home = new Home();
const environment = home.environment();
const at = (name: string): string => join(home.folder, name);
const old = at('home/.pki/nssdb');
const own = at('data/pki/nssdb');
let site: DemandingServer;
let bridge: Server;
/** How often a program's module has called. */
let calls = 0;

beforeAll(async () => {
  for (const name of ['home', 'runtime/p11-kit']) mkdirSync(at(name), { recursive: true, mode: 0o700 });
  site = await demandingServer('TLSv1.3');
  bridge = createServer((socket) => {
    calls += 1;
    socket.destroy();
  }).listen(at('runtime/p11-kit/pkcs11'));
  await once(bridge, 'listening');
});
afterAll(() => {
  site.close();
  bridge.close();
  home.remove();
});

/** Has Chromium go to a site that asks for a certificate, and gives how often its module called meanwhile. */
async function visit(): Promise<number> {
  const before = calls;
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--ignore-certificate-errors'];
  const words = [...quiet, `--user-data-dir=${at('config/chromium')}`, '--dump-dom', site.url];
  const child = spawn('chromium', words, { env: environment, stdio: 'ignore' });
  await once(child, 'exit');
  return calls - before;
}
const plan = () => home.json<ApplyDocument>([...card, 'mail', 'plan']);
const apply = () => home.json<ApplyDocument>([...card, 'mail', 'apply']);
const undo = () => home.json<UndoDocument>([...card, 'mail', 'undo']);
const shown = ({ profiles }: ApplyDocument) =>
  profiles.map(({ folder, registered }) => `${folder}${registered ? ' set up' : ''}`);

it('the database that a new Chromium makes is the one that is set up, used and given back', async () => {
  await visit();
  expect([existsSync(own), existsSync(old)]).toEqual([true, false]);
  const before = treeOf(at('data/pki'));
  expect(shown(await plan())).toEqual([own]);
  expect(kindsOf(await apply(), 'shared')).toEqual(['module']);
  // A second one in the old place would hide what the person has in the new one.
  expect(existsSync(old)).toBe(false);
  expect(await visit()).toBeGreaterThan(0);
  expect(await undo()).toMatchObject({ kept: [], left: [] });
  expect(treeOf(at('data/pki'))).toEqual(before);
  expect(await visit()).toBe(0);
});

it('once the old place is there Chromium uses that; what was set up in the other is still given back', async () => {
  await apply();
  mkdirSync(old, { recursive: true });
  expect(await visit()).toBe(0);
  expect(shown(await plan())).toEqual(['~/.pki/nssdb', `${own} set up`]);
  expect(kindsOf(await apply(), 'shared')).toEqual(['module']);
  expect(await visit()).toBeGreaterThan(0);
  expect(await undo()).toMatchObject({ left: [] });
  expect(shown(await plan())).toEqual(['~/.pki/nssdb']);
  expect(await visit()).toBe(0);
});

it('where there is none, one is made that every Chromium uses', async () => {
  const fresh = new Home();
  try {
    mkdirSync(join(fresh.folder, 'config/chromium'), { recursive: true });
    const made = await fresh.json<ApplyDocument>([...card, 'mail', 'apply']);
    expect(kindsOf(made, 'shared')).toEqual(['database', 'module']);
    expect(shown(made)).toEqual(['~/.pki/nssdb set up']);
    await fresh.json([...card, 'mail', 'undo']);
    expect(existsSync(join(fresh.folder, 'home/.pki'))).toBe(false);
  } finally {
    fresh.remove();
  }
});
