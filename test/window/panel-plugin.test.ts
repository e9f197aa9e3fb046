import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BehaviorSubject } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HostDesk } from '../../host/desk/host-desk.js';
import { PluginLogs } from '../../host/desk/plugin-logs.js';
import type { Host } from '../../host/host.js';
import { Settings } from '../../host/settings/settings.js';
import { SettingsFile } from '../../host/settings/settings-file.js';
import { fakeHost, fixtures } from '../plugins/fake-host.js';
import { shownWindow } from './shown-window.js';

const sulking = fileURLToPath(new URL('./fixtures', import.meta.url));
const about = { version: '1', api: '1', node: '20', system: 'L', simulated: true, log: '', settings: '', plugins: [] };
const show = shownWindow();
let folder: string;
let fake: Awaited<ReturnType<typeof fakeHost>>;
let desk: HostDesk;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-panel-'));
  fake = await fakeHost({ bundled: sulking, user: fixtures });
  desk = new HostDesk({
    host: {
      pcsc: { service: new BehaviorSubject({ available: true, readers: [] }) },
      cards: { readers: fake.readers },
      plugins: fake.host,
      now: () => new Date('2026-11-21T12:00:00Z'),
    } as unknown as Host,
    settings: new Settings(new SettingsFile(join(folder, 'settings.json'))),
    language: 'en',
    logs: new PluginLogs([]),
    about,
    asking: new BehaviorSubject(undefined),
    autostart: () => undefined,
  });
  desk.start();
});
afterEach(() => {
  desk.dispose();
  fake.host.dispose();
  rmSync(folder, { recursive: true, force: true });
});

it('a person who comes to a panel starts its plugin, and sees what that shows', async () => {
  const page = await show(desk, 'devices');
  expect(fake.state('shower')?.state).toBe('stopped');
  const said: string[] = [];
  desk.view.subscribe(({ panels }) => said.push(panels.find(({ id }) => id === 'shower.list')?.waiting ?? ''));
  await page.click('nav >> text=A list');
  await page.waitForSelector('main >> text=the colour is red');
  expect(fake.state('shower')).toMatchObject({ state: 'running', pid: expect.any(Number) });
  expect(said).toContain('Shower is starting …');
  expect(await page.locator('.panel-waiting').count()).toBe(0);
});

it('a window that opens at a panel starts its plugin too, and after a reload once more', async () => {
  const page = await show(desk, 'panel:shower.list');
  await page.waitForSelector('main >> text=the colour is red');
  await fake.host.stop('shower');
  await page.reload();
  await expect.poll(() => fake.state('shower')?.state, { timeout: 30_000 }).toBe('running');
});

it('a plugin that does not come up says why, to the ear too, and is tried again at a press', async () => {
  const page = await show(desk, 'panel:sulker.panel');
  await page.waitForSelector('main >> text=there is no bread');
  await expect.poll(() => page.textContent('#news'), { timeout: 30_000 }).toContain('there is no bread');
  await expect.poll(() => fake.state('sulker')?.state, { timeout: 30_000 }).toBe('failed');
  const states: (string | undefined)[] = [];
  fake.host.changes.subscribe(() => states.push(fake.state('sulker')?.state));
  await page.click('main wa-button >> text=Try again');
  await expect.poll(() => states.at(-1), { timeout: 30_000 }).toBe('failed');
  expect(states).toContain('starting');
});
