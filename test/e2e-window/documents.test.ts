import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { drop, twoPages } from './drop.js';
import { codeWindow, RunningHost, typeCodes } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));
const panel = encodeURIComponent('panel:pdf-sign.documents');

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let documents: string;
let pdf: Uint8Array;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
  pdf = await twoPages();
});
afterAll(() => browser.close());
beforeEach(() => {
  host = new RunningHost(browser.context);
  documents = join(host.folder, 'Documents');
  mkdirSync(documents, { recursive: true });
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
  await host.stop();
});

/** The first form of the panel, ready to be filled in. */
async function signing(page: Page): Promise<void> {
  await page.waitForSelector('#form-sign .drop-area');
}

describe('a document is signed in the window', () => {
  it('dropped, given a place on its page, signed with the code of the card, and verified', async () => {
    const page = await host.start('fineid-v4');
    await page.waitForSelector('.status.ready');
    await drop(page, 'offer.pdf', pdf);
    await signing(page);
    await page.waitForSelector('[data-documents] >> text=offer.pdf');
    expect(await page.innerText('[data-documents]')).toContain(documents);
    await page.click('#form-sign wa-switch');
    await page.waitForSelector('.signature-box');
    await page.click('.page-chooser .turn >> nth=1');
    await page.waitForSelector('[role=status] >> text=2,50,50,200,70');
    await page.focus('.signature-box');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForSelector('[role=status] >> text=2,56,50,206,70');
    await page.screenshot({ path: join(folder, 'place.png'), fullPage: true });
    await page.click('#form-sign wa-button >> text=/^Sign/');
    await typeCodes(await codeWindow(page), '123456');
    await page.waitForSelector('.activity.done .results >> text=offer-signed.pdf');
    await page.screenshot({ path: join(folder, 'signed.png'), fullPage: true });
    expect(readdirSync(documents)).toEqual(['offer-signed.pdf']);
    const signed = readFileSync(join(documents, 'offer-signed.pdf'));
    expect(signed.subarray(0, pdf.length).equals(pdf)).toBe(true);
    expect(execFileSync('pdfsig', ['-nocert', join(documents, 'offer-signed.pdf')]).toString()).toContain(
      'Signature is Valid',
    );
    await page.click('.activity.done .results wa-button >> text=Verify');
    await page.waitForSelector('.activity.done >> text=/Not changed since it was signed|Valid/');
    await page.goto(`${new URL(page.url()).origin}/#journal`);
    await page.waitForSelector('sigill-journal tbody >> text=offer-signed.pdf');
    expect(await page.innerText('sigill-journal wa-callout')).toContain('as it was written');
    await page.screenshot({ path: join(folder, 'journal.png'), fullPage: true });
  });

  it('of a file that the file manager names, beside which its result lies', async () => {
    const page = await host.start('fineid-v4');
    const letter = join(host.folder, 'ett brev.pdf');
    writeFileSync(letter, pdf);
    expect((await host.sigill('pdf', 'window', '--', letter, join(host.folder, 'gone.pdf'))).code).toBe(0);
    await signing(page);
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe('#panel:pdf-sign.documents');
    await page.waitForSelector('[data-documents] >> text=The result goes beside it.');
    // What cannot be read is told, and the rest is there.
    await page.waitForSelector('.activity.failed >> text=gone.pdf');
    await page.click('#form-sign wa-button >> text=/^Sign/');
    await typeCodes(await codeWindow(page), '123456');
    await page.waitForSelector('.activity.done .results >> text=ett brev-signed.pdf');
    expect(readdirSync(host.folder).sort()).toEqual(['Documents', 'ett brev-signed.pdf', 'ett brev.pdf']);
    await page.click('.remove');
    await page.waitForSelector('[data-documents]', { state: 'detached' });
  });

  it('of a file that the file manager names while nothing runs yet', async () => {
    const letter = join(host.folder, 'brev.pdf');
    writeFileSync(letter, pdf);
    const page = await host.startAs(['--simulate', 'fineid-v4', '--lang', 'en', 'pdf', 'window', '--', letter]);
    await signing(page);
    await page.waitForSelector('[data-documents] >> text=brev.pdf');
  });

  it('chosen with the browser’s own dialog where the desktop has none', async () => {
    const page = await host.start('fineid-v4');
    await page.goto(`${new URL(page.url()).origin}/#${panel}`);
    await signing(page);
    const choose = page.click('#form-sign wa-button >> text=Choose files');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose]);
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles([
      { name: 'one.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) },
      { name: 'two.PDF', mimeType: 'application/pdf', buffer: Buffer.from(pdf) },
    ]);
    await page.waitForSelector('[data-documents] >> text=one.pdf');
    await page.waitForSelector('[data-documents] >> text=two.PDF');
    expect(await page.locator('[data-documents] li').count()).toBe(2);
  });
});
