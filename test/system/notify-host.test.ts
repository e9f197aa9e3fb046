import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WindowView } from '../../host/window/view/window-view.js';
import { OriginClient } from '../window/origin-client.js';
import { NotificationDaemon } from './notify/notification-daemon.js';
import { buildIcons } from './tray/drawn-icons.js';
import { type PersonHome, personHome } from './tray/person-home.js';
import { privateBus } from './tray/private-bus.js';
import { ended } from './tray/screen.js';

const sigill = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));
const bus = privateBus();
let person: PersonHome;
let daemon: NotificationDaemon;
let host: ChildProcess;
let opened: string;

beforeAll(async () => {
  buildIcons();
  await bus.start();
  daemon = new NotificationDaemon(bus.address);
  await daemon.open();
  person = personHome();
  opened = join(person.folder, 'opened');
  // A browser that tells where it was sent.
  person.program('chromium', `echo "$1" > ${opened}.new && mv ${opened}.new ${opened}`);
  mkdirSync(join(person.folder, 'config', 'sigill'), { recursive: true });
  // This person opens the window themselves.
  writeFileSync(join(person.folder, 'config', 'sigill', 'settings.json'), JSON.stringify({ openByItself: false }));
});
afterAll(async () => {
  await ended(host);
  daemon.close();
  await bus.dispose();
  person.remove();
});

const environment = (): NodeJS.ProcessEnv => ({
  ...person.environment,
  DBUS_SESSION_BUS_ADDRESS: bus.address,
  // The browser is a script, and nothing is drawn.
  DISPLAY: ':4711',
  SIGILL_TRAY: 'status-notifier',
});

it('Sigill tells of cards by their readers, leads from a notification to its place, and says how to get a tray', async () => {
  const cards = ['fineid-org:new-a', 'fineid-v4:pin1-locked'].flatMap((card) => ['--simulate', card]);
  host = spawn(process.execPath, [sigill, '--lang', 'sv', ...cards, 'start', '--background'], {
    env: environment(),
    stdio: 'ignore',
  });
  const [fresh, locked] = await Promise.all([
    daemon.told(({ title }) => title === 'Ett nytt kort behöver aktiveras'),
    daemon.told(({ title }) => title === 'Koden är låst!'),
  ]);
  expect(fresh.actions).toEqual(['default', 'Öppna Sigill']);
  expect(locked.text).toMatch(/^Baskoden \(PIN1\) på kortet i .+ är låst\./);
  expect(existsSync(opened)).toBe(false);

  // The one before: its number has arrived when the next is asked for.
  daemon.press(fresh.number);
  await expect.poll(() => existsSync(opened), { timeout: 30_000 }).toBe(true);
  const client = new OriginClient(readFileSync(opened, 'utf8').trim().replace('--app=', ''));
  await client.enter();
  const stream = await client.stream('/api/view');
  const view = JSON.parse((await stream.next()).replace('message ', '')) as WindowView;
  expect(view.wish?.place).toBe(`activation:${view.readers[0]?.name}`);
  const holders = view.readers.flatMap(({ card }) => card?.holder ?? []);
  expect(holders).not.toEqual([]);
  stream.close();

  // Nobody asks for the item: after a while at log-in the person is told, once.
  const tray = await daemon.told(({ title }) => title === 'Sigill i panelen');
  expect(tray.text).toContain('AppIndicator');
  for (const holder of holders) expect(JSON.stringify(daemon.shown)).not.toContain(holder);
  await promisify(execFile)(process.execPath, [sigill, 'quit'], { env: environment() });
});
