import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desktop, startDesktop } from './tray/desktop.js';
import { buildIcons, output } from './tray/drawn-icons.js';
import { ended, type Screen } from './tray/screen.js';
import { panelHeight } from './tray/xfce-panel.js';

const sigill = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));
const slot = `${panelHeight}x${panelHeight}+0+0`;
const [menu, submenu] = [`200x100+0+${panelHeight + 2}`, `300x60+500+${panelHeight + 26}`];
/** The colours of the icons: a pen on blue, a padlock on red. */
const [blue, red] = ['2f6fe0', 'cf352e'];

let desktop: Desktop;
let screen: Screen;
let home: string;
let host: ChildProcess;

beforeAll(async () => {
  buildIcons();
  home = mkdtempSync(join(tmpdir(), 'sigill-home-'));
  desktop = await startDesktop('1000x600');
  screen = desktop.screen;
});
afterAll(async () => {
  await ended(host);
  await desktop.dispose();
  rmSync(home, { recursive: true, force: true });
});

/** Sigill as it runs on a desktop, with these cards. */
function start(...cards: readonly string[]): void {
  const simulated = cards.flatMap((card) => ['--simulate', card]);
  host = spawn(process.execPath, [sigill, '--lang', 'sv', ...simulated, 'start', '--background'], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home, ...desktop.environment },
  });
}

async function openMenu(): Promise<void> {
  const before = await screen.look(menu);
  screen.click(panelHeight / 2, panelHeight / 2, 'right');
  await screen.changed(menu, before);
  await screen.still(menu);
}

it('Sigill stands in the panel, tells of a new card, offers to activate it, and quits by its menu', async () => {
  start('fineid-org:new-a', 'fineid-v4');
  await screen.coloured(slot, blue);
  await openMenu();
  const before = await screen.look(submenu);
  screen.keys('Down', 'Down', 'Right', 'Down');
  await screen.changed(submenu, before);
  await screen.still('1000x600+0+0');
  screen.picture(join(output, 'sigill-in-xfce.png'));
  const opened = await screen.look(menu);
  screen.keys('Escape', 'Escape', 'Escape');
  await screen.changed(menu, opened);
  await openMenu();
  const exit = once(host, 'exit');
  screen.keys('Up', 'Return');
  expect(await exit).toEqual([0, null]);
});

it('of two cards the one with a locked code decides the icon', async () => {
  screen.rest();
  start('fineid-org:normal', 'fineid-org:pin1-locked');
  await screen.coloured(slot, red);
  const exit = once(host, 'exit');
  host.kill('SIGTERM');
  await exit;
});
