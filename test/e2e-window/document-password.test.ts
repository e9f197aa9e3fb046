import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { drop, twoPages } from './drop.js';
import { codeWindow, RunningHost, typeCodes } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
const password = 'Sesam öppna dig';

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let locked: Uint8Array;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  const plain = join(folder, 'plain.pdf');
  writeFileSync(plain, await twoPages());
  locked = execFileSync('qpdf', ['--encrypt', password, 'the owner’s', '256', '--', plain, '-']);
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

it('an encrypted document is shown, signed and checked with its password, which is kept nowhere', async () => {
  const page = await host.start('fineid-v4');
  await page.waitForSelector('.status.ready');
  await drop(page, 'offer.pdf', locked);
  await page.waitForSelector('[data-documents] >> text=offer.pdf');
  // Without one nothing is signed, and why is told.
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await page.waitForSelector('.activity >> text=The document is encrypted and needs its password.');
  await page.click('#form-sign wa-switch');
  await page.waitForSelector('sigill-area >> text=This document is encrypted.');
  await page.focus('#form-sign [name=password]');
  await page.keyboard.type('Sesam');
  await page.keyboard.press('Tab');
  await page.waitForSelector('sigill-area >> text=That is not the password of this document.');
  await page.screenshot({ path: join(folder, 'password.png'), fullPage: true });
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await page.waitForSelector('.activity >> text=The document’s password is wrong.');
  await page.focus('#form-sign [name=password]');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
  await page.waitForSelector('.signature-box');
  await page.click('#form-sign wa-button >> text=/^Sign/');
  await typeCodes(await codeWindow(page), '123456');
  await page.waitForSelector('.activity.done .results >> text=offer-signed.pdf');
  const signed = join(host.folder, 'Documents', 'offer-signed.pdf');
  const said = execFileSync('pdfsig', ['-nocert', '-upw', password, signed]).toString();
  expect(said).toContain('Signature is Valid');
  expect(page.url()).not.toMatch(/Sesam/);
  expect(await page.content()).not.toContain(password);
  const kept = readdirSync(join(host.folder, '..'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(kept.filter((text) => /Sesam/.test(text))).toEqual([]);
});
