import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
/** Chromium's own sandbox refuses to be root's, and Chromium says so in the window. */
const asRoot = process.getuid?.() === 0 ? '--no-sandbox --test-type' : '';

let desktop: Desktop;
let home: PersonHome;
let program: ChildProcess;
let closeBrowser: () => Promise<void>;

beforeAll(async () => {
  buildPage();
  buildIcons();
  desktop = await startDesktop('1280x900');
});
afterEach(async () => {
  await quit();
  await closeBrowser();
  home.remove();
});
afterAll(() => desktop.dispose());

/** What `name` starts in the person's home; without a bus, on which it would wake half a desktop. */
function browserProgram(name: string, command: string): void {
  home.program(name, `export DBUS_SESSION_BUS_ADDRESS=disabled:\necho $$ >"$HOME/${name}.pid"\nexec ${command} "$@"`);
}

/** Resolves when the process of a browser program has ended, and writes nothing more. */
async function over(name: string): Promise<void> {
  const pid = readFileSync(join(home.folder, `${name}.pid`), 'utf8').trim();
  await once(spawn('tail', ['--pid', pid, '-f', '/dev/null'], { stdio: 'ignore' }), 'exit');
}

/** Runs a command of package.json in the desktop, as a person does in a terminal. */
function npm(...words: readonly string[]): ChildProcess {
  const env = { ...desktop.environment, ...home.environment, npm_config_update_notifier: 'false' };
  return spawn('npm', words, { cwd: root, env, stdio: 'ignore' });
}

/** Makes a program of the person's the one that opens web pages (freedesktop.org: MIME applications associations 1.0.1). */
function makeDefault(name: string): void {
  const [config, applications] = [join(home.folder, 'config'), join(home.folder, 'data', 'applications')];
  for (const made of [config, applications]) mkdirSync(made, { recursive: true });
  const entry = `[Desktop Entry]\nType=Application\nName=Browser\nTerminal=false\nExec=${name} %u\n`;
  writeFileSync(join(applications, `${name}.desktop`), `${entry}MimeType=x-scheme-handler/http;\n`);
  writeFileSync(join(config, 'mimeapps.list'), `[Default Applications]\nx-scheme-handler/http=${name}.desktop\n`);
  // A desktop that xdg-open knows would bring a way of its own, with programs of its own.
  home.environment['XDG_CURRENT_DESKTOP'] = '';
}

async function quit(): Promise<void> {
  const exit = once(program, 'exit');
  npm('start', '--', 'quit');
  expect(await exit).toEqual([0, null]);
}

/** A picture of the desktop with the window of this title, whose place is `left` pixels from the edge and below the panel. */
async function look(picture: string, title: string, left: number): Promise<void> {
  const { screen } = desktop;
  screen.run('xdotool', 'search', '--sync', '--onlyvisible', '--name', title, 'windowmove', `${left}`, '48');
  // Beside it the other window may show that it waits.
  await screen.still(`540x800+${left}+48`);
  screen.picture(join(output, picture));
}

it('npm start with a new card opens the activation by itself, in a window of Chromium', async () => {
  home = personHome();
  browserProgram('chromium', `/usr/bin/chromium ${asRoot} --remote-debugging-port=0`);
  const profile = join(home.folder, 'data', 'sigill', 'browser');
  mkdirSync(profile, { recursive: true });
  program = npm('start', '--', '--simulate', 'fineid-org:new-a');
  const [port] = (await written(profile, 'DevToolsActivePort')).split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  closeBrowser = async () => {
    const session = await browser.newBrowserCDPSession();
    const closed = new Promise((resolve) => browser.once('disconnected', resolve));
    await session.send('Browser.close');
    await closed;
  };
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (context === undefined || page === undefined) throw new Error('Chromium has no window');
  await page.waitForSelector('text=This is what you will be asked for');
  await look('desktop-activation.png', await page.title(), 60);

  const [window] = await Promise.all([context.waitForEvent('page'), page.click('wa-button >> text=Start')]);
  // A caret that blinks would never let the picture come to rest.
  await window.locator('input[type=password]').first().blur();
  await look('desktop-code-window.png', await window.title(), 660);
  await typeCodes(window, ...codes);
  await page.waitForSelector('text=Your card is ready');
});

it('where there is no Chromium, the default browser opens it: Firefox', async () => {
  home = personHome({ without: ['chromium', 'google-chrome', 'microsoft-edge'] });
  const profile = join(home.folder, 'firefox');
  mkdirSync(profile);
  prepareProfile(profile);
  browserProgram('default-browser', `firefox-esr ${firefoxWords(profile).join(' ')}`);
  makeDefault('default-browser');
  program = npm('start', '--', '--simulate', 'fineid-org:new-a');
  const firefox = await Firefox.join(profile);
  closeBrowser = async () => {
    await firefox.quit();
    await over('default-browser');
  };
  await firefox.sees('wa-button', 'Start');
  await look('desktop-firefox.png', 'Firefox', 0);
  expect(await firefox.complaints()).toEqual([]);
});
