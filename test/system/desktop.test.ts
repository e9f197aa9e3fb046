import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { buildPage } from '../e2e-window/build-page.js';
import { Firefox, firefoxWords, prepareProfile } from '../e2e-window/firefox.js';
import { typeCodes } from '../e2e-window/running-host.js';
import { written } from '../e2e-window/written.js';
import { type Desktop, startDesktop } from './tray/desktop.js';
import { buildIcons, output } from './tray/drawn-icons.js';
import { type PersonHome, personHome } from './tray/person-home.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const codes = ['12345678', '2580', '2580', '147258', '147258'] as const;
/** Chromium's own sandbox refuses to be root's. */
const asRoot = process.getuid?.() === 0 ? '--no-sandbox' : '';

let desktop: Desktop;
let home: PersonHome;
let program: ChildProcess;

beforeAll(async () => {
  buildPage();
  buildIcons();
  desktop = await startDesktop('1280x900');
});
afterEach(() => home.remove());
afterAll(() => desktop.dispose());

/** Runs a command of package.json in the desktop, as a person does in a terminal. */
function npm(...words: readonly string[]): ChildProcess {
  const { PATH } = home.environment;
  const environment = { ...desktop.environment, ...home.environment, npm_config_update_notifier: 'false' };
  const env = { ...environment, PATH: `${PATH}:${dirname(process.execPath)}` };
  return spawn('npm', words, { cwd: root, env, stdio: 'ignore' });
}

async function quit(): Promise<void> {
  const exit = once(program, 'exit');
  npm('start', '--', 'quit');
  expect(await exit).toEqual([0, null]);
}

it('npm start with a new card opens the activation by itself, in a window of Chromium', async () => {
  home = personHome();
  home.program('chromium', `exec /usr/bin/chromium ${asRoot} --remote-debugging-port=0 "$@"`);
  const profile = join(home.folder, 'data', 'sigill', 'browser');
  mkdirSync(profile, { recursive: true });
  program = npm('start', '--', '--simulate', 'fineid-org:new-a');
  const [port] = (await written(profile, 'DevToolsActivePort')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (context === undefined || page === undefined) throw new Error('Chromium has no window');
  await page.waitForSelector('text=This is what you will be asked for');
  desktop.screen.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', await page.title());
  await desktop.screen.still('1280x900+0+0');
  desktop.screen.picture(join(output, 'desktop-activation.png'));

  const opening = context.waitForEvent('page');
  await page.click('wa-button >> text=Start');
  const window = await opening;
  await window.waitForSelector('input[type=password]');
  desktop.screen.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', await window.title());
  await desktop.screen.still('1280x900+0+0');
  desktop.screen.picture(join(output, 'desktop-code-window.png'));
  await typeCodes(window, ...codes);
  await page.waitForSelector('text=Your card is ready');
  await quit();
  const session = await browser.newBrowserCDPSession();
  const closed = new Promise((resolve) => browser.once('disconnected', resolve));
  await session.send('Browser.close');
  await closed;
});

it('where there is no Chromium, the default browser does the same: Firefox', async () => {
  home = personHome({ without: ['chromium', 'google-chrome', 'microsoft-edge'] });
  const profile = join(home.folder, 'firefox');
  mkdirSync(profile);
  prepareProfile(profile);
  home.program('default-browser', `exec firefox-esr ${firefoxWords(profile).join(' ')} "$@"`);
  home.environment['BROWSER'] = 'default-browser';
  program = npm('start', '--', '--simulate', 'fineid-org:new-a');
  const firefox = await Firefox.join(profile);
  await firefox.sees('wa-button', 'Start');
  const [window = ''] = await firefox.windows();
  await desktop.screen.still('1280x900+0+0');
  desktop.screen.picture(join(output, 'desktop-firefox.png'));
  await firefox.click('wa-button', 'Start');
  await firefox.to(await firefox.another(window));
  await firefox.type('input[type=password]', ...codes);
  await firefox.click('button.primary');
  await firefox.to(window);
  await firefox.sees('h2', 'Your card is ready');
  expect(await firefox.complaints()).toEqual([]);
  await firefox.quit();
  await quit();
});
