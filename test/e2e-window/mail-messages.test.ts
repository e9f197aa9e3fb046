import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testCa } from '@sigill/core/sim';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { someMail } from '../mail/smime-stage.js';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { drop } from './drop.js';
import { codeWindow, RunningHost, typeCodes } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
const mail = new TextEncoder().encode(someMail('elli.esimerkki@sigill.example'));

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let page: Page;
let documents: string;
const { root, issuing } = testCa();
const authorities = [root, ...Object.values(issuing)].map(({ pem }) => pem).join('\n');

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  host = new RunningHost(browser.context);
  documents = join(host.folder, 'Documents');
  mkdirSync(documents, { recursive: true });
  page = await host.start('fineid-v4');
  await page.waitForSelector('.status.ready');
  await page.click('nav >> text=Mail and browsers');
  await page.waitForSelector('#form-messages .drop-area');
});
afterAll(async () => {
  await host.stop();
  await browser.close();
});

/** Gives files in place of those before, and starts what is to be done with them. */
async function work(what: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  while ((await page.locator('.remove').count()) > 0) {
    const before = await page.locator('[data-documents] li').count();
    await page.locator('.remove').first().click();
    await expect.poll(() => page.locator('[data-documents] li').count()).toBe(before - 1);
  }
  for (const [name, bytes] of Object.entries(files)) {
    await drop(page, name, bytes);
    await page.waitForSelector(`[data-documents] >> text=${name}`);
  }
  await page.click('#form-messages wa-select');
  await page.click(`#form-messages wa-option >> text="${what}"`);
  await page.click('#form-messages wa-button >> text=Go on');
}
const done = async (words: string): Promise<void> => {
  await page.locator('.activity.done', { hasText: words }).waitFor();
  await page.screenshot({ path: join(folder, 'messages.png'), fullPage: true });
  await page.locator('.activity.done .closer').first().click();
  await page.locator('.activity').waitFor({ state: 'detached' });
};
const result = (name: string): Uint8Array => readFileSync(join(documents, name));

it('a mail is signed with the card, and checked against the authority that was given beside it', async () => {
  await work('Sign', { 'hello.eml': mail });
  await typeCodes(await codeWindow(page), '1234');
  await done('signed by');
  writeFileSync(join(host.folder, 'ca.pem'), authorities);
  const args = ['cms', '-verify', '-in', join(documents, 'hello-signed.eml'), '-CAfile', join(host.folder, 'ca.pem')];
  expect(execFileSync('openssl', [...args, '-purpose', 'any'], { stdio: 'pipe' }).toString()).toContain('=C3=A4iv');
  await work('Check the signature', { 'hello-signed.eml': result('hello-signed.eml') });
  await done('give its certificate as well');
  await work('Check the signature', {
    'hello-signed.eml': result('hello-signed.eml'),
    'ca.pem': new TextEncoder().encode(authorities),
  });
  await done('the signature is valid, and the mail is from who it says');
});

it('a mail is encrypted for the certificate that was given beside it, and opened with the card', async () => {
  await work('Encrypt', { 'hello.eml': mail });
  await done('Give the recipient’s certificate as well');
  const { output: own } = await host.sigill('cert', 'export', '45');
  await work('Encrypt', { 'hello.eml': mail, 'own.pem': new TextEncoder().encode(own) });
  await done('The encrypted mail');
  await work('Open what is encrypted', { 'hello-encrypted.eml': result('hello-encrypted.eml') });
  await typeCodes(await codeWindow(page), '1234');
  await done('opened');
  expect(Buffer.from(result('hello-encrypted-decrypted.eml')).toString('latin1')).toContain('=C3=A4iv');
  expect(readdirSync(documents).sort()).toEqual([
    'hello-encrypted-decrypted.eml',
    'hello-encrypted.eml',
    'hello-signed.eml',
  ]);
});
