import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { drop, twoPages } from './drop.js';
import { codeWindow, RunningHost, typeCodes } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
const password = 'Sesam öppna dig';

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let plain: Uint8Array;
let file: string;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  plain = await twoPages();
  file = join(folder, 'plain.pdf');
  writeFileSync(file, plain);
});
afterAll(() => browser.close());
beforeEach(() => {
  host = new RunningHost(browser.context);
  mkdirSync(join(host.folder, 'Documents'), { recursive: true });
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
  await host.stop();
});

/** A document that opens with `word` alone. */
const locked = (word: string): Uint8Array =>
  execFileSync('qpdf', ['--encrypt', word, 'the owner’s', '256', '--', file, '-']);

const labelled = (name: string): string => `wa-input[label="Password of “${name}”"]`;

async function typePassword(page: Page, name: string, password: string): Promise<void> {
  await page.locator(labelled(name)).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
}

/** What lies in the person's folders, of this word. */
const keptOf = (word: RegExp): readonly string[] =>
  readdirSync(join(host.folder, '..'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .filter((text) => word.test(text));

it('an encrypted document is shown, signed and checked with its password, which is kept nowhere', async () => {
  const page = await host.start('fineid-v4');
  await page.waitForSelector('.status.ready');
  await drop(page, 'offer.pdf', locked(password));
  await page.waitForSelector(labelled('offer.pdf'));
  // Without one nothing is signed, and why is told.
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await page.waitForSelector('.activity >> text=The document is encrypted and needs its password.');
  await page.click('#form-sign wa-switch');
  await page.waitForSelector('sigill-area >> text=This document is encrypted.');
  await typePassword(page, 'offer.pdf', 'Sesam');
  await page.waitForSelector('.password.wrong >> text=That is not the password of this document.');
  await page.screenshot({ path: join(folder, 'password.png'), fullPage: true });
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await page.waitForSelector('.activity >> text=The document’s password is wrong.');
  await typePassword(page, 'offer.pdf', password);
  await page.waitForSelector('.password.opened');
  await page.waitForSelector('.signature-box');
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await typeCodes(await codeWindow(page), '123456');
  await page.waitForSelector('.activity.done .results >> text=offer-signed.pdf');
  const signed = join(host.folder, 'Documents', 'offer-signed.pdf');
  const said = execFileSync('pdfsig', ['-nocert', '-upw', password, signed]).toString();
  expect(said).toContain('Signature is Valid');
  expect(page.url()).not.toMatch(/Sesam/);
  expect(await page.content()).not.toContain(password);
  expect(keptOf(/Sesam/)).toEqual([]);
});

it('of several documents each locked one has a field, one password opens those that it fits, and all are signed at once', async () => {
  const page = await host.start('fineid-v4');
  await page.waitForSelector('.status.ready');
  await drop(page, 'open.pdf', plain);
  await page.waitForSelector('[data-documents] >> text=open.pdf');
  expect(await page.locator('.password').count()).toBe(0);
  await drop(page, 'first.pdf', locked('Sesam ett'));
  await drop(page, 'second.pdf', locked('Sesam två'));
  await drop(page, 'third.pdf', locked('Sesam ett'));
  for (const name of ['first.pdf', 'second.pdf', 'third.pdf']) await page.waitForSelector(labelled(name));
  expect(await page.locator('.password').count()).toBe(3);
  await typePassword(page, 'first.pdf', 'Sesam ett');
  await page.locator(labelled('third.pdf')).waitFor({ state: 'detached' });
  await typePassword(page, 'second.pdf', 'Sesam tre');
  await page.waitForSelector('.password.wrong');
  await typePassword(page, 'second.pdf', 'Sesam två');
  await page.locator('.password.opened').nth(1).waitFor();
  await page.screenshot({ path: join(folder, 'passwords.png'), fullPage: true });
  await page.click('#form-sign wa-button >> text=/^Sign/');
  // This card asks for its code once for each document.
  const done = page.locator('.activity.done .results >> text=third-signed.pdf');
  for (let asked: string | null = null; !(await done.isVisible());) {
    const codes = await codeWindow(page);
    asked = await page.locator('wa-button[target=sigill-pin]').getAttribute('href');
    const closed = codes.waitForEvent('close');
    await typeCodes(codes, '123456');
    await closed;
    await page.locator(`wa-button[target=sigill-pin]:not([href="${asked}"])`).or(done).first().waitFor();
  }
  for (const [name, word] of [
    ['first', 'Sesam ett'],
    ['second', 'Sesam två'],
    ['third', 'Sesam ett'],
    ['open', ''],
  ] as const) {
    const signed = join(host.folder, 'Documents', `${name}-signed.pdf`);
    expect(execFileSync('pdfsig', ['-nocert', '-upw', word, signed]).toString()).toContain('Signature is Valid');
  }
  expect(keptOf(/Sesam/)).toEqual([]);
});
