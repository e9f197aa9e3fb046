import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPage } from '../e2e-window/build-page.js';
import { typeCodes } from '../e2e-window/running-host.js';
import { written } from '../e2e-window/written.js';
import { documentOf } from '../pdf/documents.js';
import { buildIcons, output } from './tray/drawn-icons.js';
import { FileDialog } from './tray/file-dialog.js';
import { type PersonHome, personHome } from './tray/person-home.js';
import { type PrivateBus, privateBus } from './tray/private-bus.js';
import { type Screen, startScreen } from './tray/screen.js';
import { labelled, type Node, TestPanel } from './tray/test-panel.js';

const sigill = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));
/** Chromium's own sandbox refuses to be root's, and Chromium says so in the window. */
const asRoot = process.getuid?.() === 0 ? '--no-sandbox --test-type' : '';

let screen: Screen;
let bus: PrivateBus;
let panel: TestPanel;
let home: PersonHome;
let host: ChildProcess;
let dialog: FileDialog;
let browser: Browser | undefined;
let documents: string;
let first: Node | undefined;

beforeAll(async () => {
  buildPage();
  buildIcons();
  mkdirSync(output, { recursive: true });
  screen = await startScreen('1280x800');
  dialog = new FileDialog(screen, 'Choose documents');
  // A bus that starts no services: there is no portal on it, so that the dialog is zenity's.
  bus = privateBus();
  await bus.start();
  home = personHome();
  home.program('chromium', `exec /usr/bin/chromium ${asRoot} --remote-debugging-port=0 "$@"`);
  home.program('xdg-open', 'echo "$1" >"$HOME/opened.new" && mv "$HOME/opened.new" "$HOME/opened"');
  documents = join(home.folder, 'Papers');
  mkdirSync(documents);
  writeFileSync(join(documents, 'offer å.pdf'), documentOf());
  panel = new TestPanel(bus.address);
  const env = {
    ...home.environment,
    DISPLAY: screen.display,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    GDK_BACKEND: 'x11',
  };
  host = spawn(process.execPath, [sigill, '--lang', 'en', '--simulate', 'fineid-v4', 'start', '--background'], {
    stdio: 'ignore',
    env,
  });
  await panel.open();
});
afterAll(async () => {
  const session = await browser?.newBrowserCDPSession();
  const closed = new Promise((resolve) =>
    browser === undefined ? resolve(undefined) : browser.once('disconnected', resolve),
  );
  await session?.send('Browser.close');
  await closed;
  const exit = once(host, 'exit');
  host.kill('SIGTERM');
  await exit;
  panel.close();
  await bus.dispose();
  await screen.dispose();
  home.remove();
});

/** Chooses *Sign PDF document …* in the menu as the icon had it first: the card may have been read since. */
async function sign(): Promise<void> {
  first ??= await panel.until(
    () => panel.layout(),
    (found) => labelled(found, 'Sign PDF document …') !== undefined,
  );
  await panel.click(labelled(first, 'Sign PDF document …')?.number ?? -1);
}

it('from the icon’s menu over the desktop’s dialog to a signed document', async () => {
  // Who chooses nothing is left alone, and is asked again the next time.
  await dialog.shown(sign);
  dialog.cancel();
  await dialog.gone();
  const profile = join(home.folder, 'data', 'sigill', 'browser');
  expect(existsSync(profile)).toBe(false);

  // While the dialog before is ending, a wish for another is passed over.
  await dialog.shown(sign);
  screen.picture(join(output, 'tray-dialog.png'));
  mkdirSync(profile, { recursive: true });
  await dialog.choose(join(documents, 'offer å.pdf'));
  const [port] = (await written(profile, 'DevToolsActivePort')).split('\n');
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (context === undefined || page === undefined) throw new Error('Chromium has no window');
  await page.waitForSelector('[data-documents] >> text=offer å.pdf');
  expect(decodeURIComponent(new URL(page.url()).hash)).toBe('#panel:pdf-sign.documents');
  const pressed = page.click('#form-sign wa-button >> text=/^Sign/');
  const [window] = await Promise.all([context.waitForEvent('page'), pressed]);
  await typeCodes(window, '123456');
  await page.waitForSelector('.activity.done .results >> text=offer å-signed.pdf');
  const signed = join(documents, 'offer å-signed.pdf');
  expect(readdirSync(documents)).toEqual(['offer å-signed.pdf', 'offer å.pdf']);
  expect(execFileSync('pdfsig', ['-nocert', signed]).toString()).toContain('Signature is Valid');
  expect((await written(home.folder, 'opened')).trim()).toBe(signed);
});
