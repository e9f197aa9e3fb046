import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { twoPages } from './drop.js';
import { RunningHost } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let page: Page;
let pdf: Uint8Array;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  pdf = await twoPages();
});
afterAll(() => browser.close());
beforeEach(async () => {
  host = new RunningHost(browser.context);
  page = await host.start('fineid-v4');
  await page.waitForSelector('.status.ready');
  await page.click('nav a >> text=Documents');
  await page.waitForSelector('.drop-area');
});
afterEach(async () => {
  await page.close();
  await host.stop();
});

/** Drops files of these names with these contents, all at once. */
async function dropAll(files: readonly (readonly [name: string, content: Uint8Array])[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (all) => {
      const transfer = new DataTransfer();
      for (const [name, content] of all) transfer.items.add(new File([Uint8Array.from(content)], name));
      return transfer;
    },
    files.map(([name, content]) => [name, [...content]] as const),
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}

it('of what is dropped together each that is not taken is told, and the rest is there', async () => {
  const empty = new Uint8Array();
  await dropAll([
    ['letter.docx', pdf],
    ['Papers', empty],
    ['empty.pdf', empty],
    ['nothing.pdf', empty],
    ['offer.pdf', pdf],
  ]);
  await page.waitForSelector('[data-documents] >> text=offer.pdf');
  const told = await page.locator('.activity.failed p').allInnerTexts();
  expect(told).toEqual([
    'Only PDF documents are taken here. Folders and other files were left out.',
    'empty.pdf: The file is empty. Save the document anew with the program that it comes from.',
    'nothing.pdf: The file is empty. Save the document anew with the program that it comes from.',
  ]);
  expect(await page.locator('[data-documents] li').count()).toBe(1);
});

it('a hundred documents leave the button that signs them within reach', async () => {
  await dropAll(
    Array.from({ length: 100 }, (_, at) => [`Contract ${at + 1} ${'very long '.repeat(20)}.pdf`, pdf] as const),
  );
  await page.locator('[data-documents] li').nth(99).waitFor();
  await page.waitForSelector('[data-arriving]', { state: 'detached' });
  const list = await page.locator('[data-documents]').boundingBox();
  expect(list?.height).toBeLessThan(400);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(4_000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await page.locator('#form-verify .documents-field').innerText()).toContain('(+95)');
  await page.screenshot({ path: join(folder, 'hundred.png'), fullPage: true });
});
