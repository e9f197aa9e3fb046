import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { usedProfile } from '../mail/programs.js';
import { cancelOn, PinScreen, readOn, typeOn } from './login/pin-screen.js';
import { PersonAtScreen } from './person-at-screen.js';
import { openBrowser } from '../e2e-window/browser.js';
import { buildPage } from '../e2e-window/build-page.js';
import { RunningHost } from '../e2e-window/running-host.js';

// NSS signs with the database that a real Firefox has made; the person types on Sigill's PIN page in a real browser.

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
/** The root on the simulated card. */
const root = '5cac90f6a6b2f15607e69e34806b59480a3170417b8cc914a0aaafb95875b789';

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let person: PersonAtScreen;
let screen: PinScreen;
let page: Page;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  host = new RunningHost(browser.context);
  const { environment } = host;
  const bin = join(host.folder, 'bin');
  for (const path of [environment['XDG_RUNTIME_DIR']!, bin]) mkdirSync(path, { recursive: true, mode: 0o700 });
  person = new PersonAtScreen(bin);
  screen = await PinScreen.open(person);
  await usedProfile('firefox-esr', { home: host.folder, environment }, 'person');
  // A screen is all that Sigill asks for before it opens a page; what shows the page here needs none.
  const shown = { PATH: `${bin}:${environment['PATH']}`, DISPLAY: ':4711', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
  page = await host.startAs(['--simulate', 'fineid-v4', '--lang', 'en', 'start', '--background'], shown);
  await page.goto(`${new URL(page.url()).origin}/#panel:email.set-up`);
  await page.waitForSelector('h2 >> text=What “Set up” will change');
}, 120_000);
afterAll(async () => {
  await host.stop();
  await screen.close();
  person.leave();
  await browser.close();
}, 60_000);

const trial = (): Promise<void> => page.click('wa-button >> text=Check with a trial signature');
/** What the report says of the signature, once the check is done. */
const told = async (state: 'good' | 'bad'): Promise<string> => {
  await page.locator('.activity.done').waitFor();
  await page.click('.activity wa-button >> text=Close');
  await page.locator('.activity').waitFor({ state: 'detached' });
  return (await page.locator(`.finding[data-state=${state}]`).allTextContents()).join('\n').replace(/\s+/g, ' ');
};

it('asks for no PIN while the issuer is not trusted for mail, and says so', async () => {
  await host.sigill('mail', 'apply');
  await trial();
  expect(await told('bad')).toContain('No PIN was asked for.');
});

it('is valid with the PIN that is typed on Sigill’s page', async () => {
  await host.sigill('mail', 'apply', '--trust', root);
  const opened = screen.next();
  await trial();
  const asked = await opened;
  expect(await readOn(asked)).toMatch(/cmsutil/);
  await asked.screenshot({ path: join(folder, 'set-up-trial-pin.png'), fullPage: true });
  await typeOn(asked, '1234');
  expect(await told('good')).toContain('A trial signature was made with the card');
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, 'set-up-trial.png'), fullPage: true });
});

it('is not made when the person cancels, and says so', async () => {
  const opened = screen.next();
  await trial();
  await cancelOn(await opened);
  expect(await told('bad')).toContain('The trial signature was not made.');
});

it('asked for in a terminal, says there where the PIN is asked', async () => {
  const opened = screen.next();
  const terminal = host.sigill('mail', 'check', '--sign');
  await typeOn(await opened, '1234');
  const { code, output, errors } = await terminal;
  expect([code, errors]).toEqual([0, expect.stringContaining('on Sigill’s own page in the browser, not here')]);
  expect(output.replace(/\s+/g, ' ')).toContain('A trial signature was made with the card');
});
