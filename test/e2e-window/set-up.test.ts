import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ProgramsHome, runProgram, usedProfile } from '../mail/programs.js';
import { addIdentity } from '../mail/thunderbird.js';
import { treeOf } from '../mail/tree.js';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { tabTo } from './keyboard.js';
import { codeWindow, RunningHost } from './running-host.js';

// Real Firefox and Thunderbird make the profiles; the person uses nothing but the keyboard.

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
const address = 'elli.esimerkki@sigill.example';
const password = 'a pass phrase, åäö';

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let page: Page;
let at: ProgramsHome;
let firefox: string;
let before: Readonly<Record<string, string>>;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  host = new RunningHost(browser.context);
  at = { home: host.folder, environment: host.environment };
  mkdirSync(host.environment['XDG_RUNTIME_DIR']!, { recursive: true, mode: 0o700 });
  mkdirSync(at.home, { recursive: true });
  firefox = await usedProfile('firefox-esr', at, 'person');
  const thunderbird = await usedProfile('thunderbird', at, 'person');
  const mail = await runProgram('thunderbird', at, thunderbird);
  await addIdentity(mail, address);
  await mail.quit();
  before = treeOf(at.home);
  page = await host.start('fineid-v4');
}, 240_000);
afterAll(async () => {
  await host.stop();
  await browser.close();
}, 60_000);

const findings = async (state?: 'good' | 'attention' | 'bad'): Promise<readonly string[]> =>
  (await page.locator(state === undefined ? '.finding' : `.finding[data-state=${state}]`).allTextContents()).map(
    (text) => text.replace(/\s+/g, ' ').trim(),
  );
const press = async (name: RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press(key);
};
/** Resolves when what was pressed is done and read. */
const done = async (words: RegExp): Promise<void> => {
  await page.locator('.activity.done', { hasText: words }).waitFor();
  await press(/^Close$/);
  await page.locator('.activity').waitFor({ state: 'detached' });
};
/** Types a password; the page closes by itself once it is on its way. */
const answer = async (asking: Page, typed: string): Promise<void> => {
  await asking.keyboard.type(typed);
  const closed = asking.waitForEvent('close');
  await Promise.allSettled([asking.keyboard.press('Enter')]);
  await closed;
};
const picture = async (name: string): Promise<void> => {
  // A picture of the whole page is taken from its top.
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

it('shows what it will change, and the fingerprint of the CA certificate, before anything is written', async () => {
  await press(/^Mail and browsers$/);
  await page.waitForSelector('h2 >> text=What “Set up” will change');
  await page.locator('.finding', { hasText: 'will be registered' }).first().waitFor();
  const plan = (await findings()).join('\n');
  expect(plan).toMatch(/Firefox \(person, .*\): the module .* will be registered\./);
  expect(plan).toContain(`${address} will use the card’s certificate for signing and encryption.`);
  expect(plan).toMatch(/“Sigill TEST Root CA” will be added and trusted for mail, once you switch it on below\./);
  expect(await page.locator('wa-switch').first().getAttribute('hint')).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  await picture('set-up-plan');
  expect(treeOf(at.home)).toEqual(before);
});

it('does it after the fingerprint was confirmed, and tells what was done and tried', async () => {
  await press(/I have compared the fingerprint of “Sigill TEST Root CA”/, 'Space');
  await press(/^Set up$/);
  await done(/changes were made/);
  await page.waitForSelector('h2 >> text=Report');
  const report = (await findings('good')).join('\n');
  expect(report).toMatch(/Firefox .*“Sigill TEST Root CA” was added and is trusted for mail/);
  expect(report).toContain(`${address} uses the card’s certificate for signing and encryption.`);
  expect(report).toMatch(/Thunderbird .*the module is loaded\. It shows \d certificates of the card\./);
  expect(await findings('bad')).toEqual([]);
  await picture('set-up-report');
  // The system's NSS may be too old to read what the program's own has written.
  const env = { ...process.env, LD_LIBRARY_PATH: '/usr/lib/firefox-esr' };
  const list = execFileSync('certutil', ['-L', '-d', `sql:${firefox}`], { encoding: 'utf8', env });
  expect(list).toMatch(/Sigill TEST Root CA .* ,C, /);
});

it('checks each step of the way to the card, and says what is in the way with its cure', async () => {
  await press(/^Check$/);
  await done(/What was found stands under “Report”/);
  const good = (await findings('good')).join('\n');
  expect(good).toMatch(/p11-kit-client\.so is installed.*listens for programs.*is ready/s);
  expect(good).toMatch(/Thunderbird .*a certificate for mail from elli.*The account uses it\./);
  await host.hand('remove');
  await press(/^Check$/);
  await done(/One thing is in the way/);
  expect((await findings('bad')).join('\n')).toContain('No card is in a reader');
  await picture('set-up-check');
  await host.hand('insert');
});

it('undoes it, and every file is as before', async () => {
  await press(/^Undo$/);
  await done(/were given back/);
  expect(treeOf(at.home)).toEqual(before);
});

it('waits for a program that runs, and goes on once it is closed', async () => {
  const running = await runProgram('firefox-esr', at, firefox);
  await running.driver.run(
    `Cc['@mozilla.org/security/internalkeytoken;1'].createInstance(Ci.nsIPKCS11Token).changePassword('', arguments[0]);`,
    password,
  );
  await press(/^Set up$/);
  await page.locator('.activity.running', { hasText: 'Close Firefox (person' }).waitFor();
  await picture('set-up-waits');
  await running.quit();
  await done(/changes were made/);
  await press(/^Undo$/);
  await done(/were given back/);
}, 180_000);

it('asks for the primary password on a page of its own, says when it is wrong, and takes the right one', async () => {
  await press(/I have compared the fingerprint of “Sigill TEST Root CA”/, 'Space');
  await press(/^Set up$/);
  await page.waitForSelector('.activity.waiting >> text=the password of a program');
  const first = await codeWindow(page);
  expect(await first.textContent('.facts')).toContain('Firefox (person)');
  await first.screenshot({ path: join(folder, 'set-up-password.png'), fullPage: true });
  await answer(first, 'not it');
  await page.locator('.activity.running, .activity.waiting').first().waitFor();
  const second = await codeWindow(page);
  await second.waitForSelector('.state.bad >> text=That password is not right.');
  await second.screenshot({ path: join(folder, 'set-up-password-wrong.png'), fullPage: true });
  await answer(second, password);
  await done(/changes were made/);
  expect((await findings('good')).join('\n')).toMatch(/Firefox .*“Sigill TEST Root CA” was added/);
  await press(/^Undo$/);
  await done(/were given back/);
}, 180_000);

it('leaves the CA certificates out when the password is not given, and says what will not work', async () => {
  await press(/I have compared the fingerprint of “Sigill TEST Root CA”/, 'Space');
  await press(/^Set up$/);
  const asked = await codeWindow(page);
  // The page closes under the click, as it does under a key that is pressed.
  const left = asked.waitForEvent('close');
  await Promise.allSettled([asked.click('button >> text=Leave out')]);
  await left;
  await done(/changes were made/);
  const told = (await findings('attention')).join('\n');
  expect(told).toMatch(/Firefox .*left out, because its database has a primary password that was not given/);
  await press(/^Undo$/);
  await done(/were given back/);
}, 180_000);
