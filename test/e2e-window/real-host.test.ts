import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { codeWindow, RunningHost, typeCodes } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(() => {
  host = new RunningHost(browser.context);
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
  await host.stop();
});

describe('a card is taken into use', () => {
  it.each([
    ['fineid-org:new-a', '12345678'],
    ['fineid-v4:new-b', '1234567'],
  ])('%s: its activation opens by itself, and it is ready afterwards', async (card, letter) => {
    const page = await host.start(card);
    await page.waitForSelector('text=This is what you will be asked for');
    await page.screenshot({ path: join(folder, 'activation.png'), fullPage: true });
    await page.click('wa-button >> text=Start');
    const window = await codeWindow(page);
    await window.screenshot({ path: join(folder, 'code-window.png'), fullPage: true });
    await typeCodes(window, letter, '2580', '2580', '147258', '147258');
    await page.waitForSelector('text=Your card is ready');
    await page.screenshot({ path: join(folder, 'activated.png'), fullPage: true });
    await page.click('wa-button >> text=Show the card');
    await page.waitForSelector('.status.ready');
    await page.screenshot({ path: join(folder, 'ready.png'), fullPage: true });
  });

  it('one that was left half-way is offered what is missing', async () => {
    const page = await host.start('fineid-org:half');
    await page.waitForSelector('text=The activation is not finished');
    await page.click('wa-button >> text=Continue');
    await typeCodes(await codeWindow(page), '12345678', '147258', '147258');
    await page.waitForSelector('text=Your card is ready');
  });

  it('one that is pulled before anything is asked starts where it was when it is back', async () => {
    const page = await host.start('fineid-org:new-a');
    await page.waitForSelector('wa-button >> text=Start');
    await host.hand('remove');
    await page.waitForSelector('text=Put the card back to go on');
    await host.hand('insert');
    await page.waitForSelector('wa-button >> text=Start');
  });

  it('one that is pulled while its codes are asked for goes on when it is back', async () => {
    const page = await host.start('fineid-org:new-a');
    await page.click('wa-button >> text=Start');
    await codeWindow(page);
    await host.hand('remove');
    await page.waitForSelector('text=Put the card back to go on');
    await page.waitForSelector('.empty wa-callout');
    await host.hand('insert');
    await page.click('wa-button >> text=Start');
    await typeCodes(await codeWindow(page), '12345678', '2580', '2580', '147258', '147258');
    await page.waitForSelector('text=Your card is ready');
  });

  it('one that is pulled between its two codes says which is set, and takes the other when it is back', async () => {
    // RESET RETRY COUNTER sets a code of a new card; the card is pulled before the second.
    const page = await host.start('fineid-org:new-a', { at: 2, ins: 0x2c, kind: 'removed-before' });
    await page.click('wa-button >> text=Start');
    await typeCodes(await codeWindow(page), '12345678', '2580', '2580', '147258', '147258');
    await page.waitForSelector('text=Put the card back to go on');
    await page.waitForSelector(
      'text=Set: the basic code (PIN1). It is not known whether the signature code (PIN2) is set.',
    );
    await page.screenshot({ path: join(folder, 'pulled.png'), fullPage: true });
    await host.hand('insert');
    await page.waitForSelector('text=The activation is not finished');
    await page.click('wa-button >> text=Continue');
    await typeCodes(await codeWindow(page), '12345678', '147258', '147258');
    await page.waitForSelector('text=Your card is ready');
  });

  it('a wrong code from the letter says how many tries are left, and nothing is set', async () => {
    const page = await host.start('fineid-org:new-a');
    await page.click('wa-button >> text=Start');
    await typeCodes(await codeWindow(page), '87654321', '2580', '2580', '147258', '147258');
    await page.waitForSelector('wa-callout >> text=4 tries are left');
    await page.waitForSelector('wa-button >> text=Start');
  });
});

describe('codes of a card in use', () => {
  it('a basic code is changed, and checked with its new value', async () => {
    const page = await host.start('fineid-org');
    await page.click('nav >> text=Codes');
    await page.locator('.pin').first().locator('wa-button >> text=Change').click();
    await typeCodes(await codeWindow(page), '1234', '2580', '2580');
    await page.waitForSelector('.activity.done');
    await page.screenshot({ path: join(folder, 'changed.png'), fullPage: true });
    await page.click('.activity.done .closer');
    await page.locator('.pin').first().locator('wa-button >> text=Verify').click();
    await typeCodes(await codeWindow(page), '2580');
    await page.waitForSelector('.activity.done');
  });

  it('a wrong one costs a try, which is seen at once', async () => {
    const page = await host.start('fineid-org');
    await page.click('nav >> text=Codes');
    await page.locator('.pin').first().locator('wa-button >> text=Verify').click();
    await typeCodes(await codeWindow(page), '9999');
    await page.waitForSelector('.activity.failed');
    await page.locator('.pin').first().locator('text=4 of 5').waitFor();
  });

  it('a locked one is unlocked in Swedish, in the words that holders know', async () => {
    const page = await host.start('fineid-org:pin1-locked');
    await page.click('nav >> text=Codes');
    await page.waitForSelector('.pin.locked');
    await page.click('.pin.locked wa-button >> text=Unlock');
    await typeCodes(await codeWindow(page), '12345678', '2580', '2580');
    await page.waitForSelector('.activity.done');
    await page.click('button[lang=sv]');
    await page.waitForSelector('text=PIN-koden har låsts upp och ändrats');
    expect(await page.locator('.pin.locked').count()).toBe(0);
  });

  it('a question that is cancelled costs nothing', async () => {
    const page = await host.start('fineid-org');
    await page.click('nav >> text=Codes');
    await page.locator('.pin').first().locator('wa-button >> text=Verify').click();
    await page.click('.activity.waiting wa-button >> text=Cancel');
    await page.waitForSelector('.activity.failed');
    await page.locator('.pin').first().locator('text=5 of 5').waitFor();
  });
});

it('a certificate and a key: what the card holds is shown, saved and tried', async () => {
  const page = await host.start('fineid-org');
  await page.locator('.rows .row-button').first().click();
  const save = page.click('wa-button >> text=Save as PEM');
  const [saved] = await Promise.all([page.waitForEvent('download'), save]);
  expect(saved.suggestedFilename()).toMatch(/\.pem$/);
  await page.click('[data-node^=cas] .twist');
  await page.waitForSelector('[data-node^=ca\\:]');
  await page.screenshot({ path: join(folder, 'authorities.png'), fullPage: true });
  await page.click('[data-node^=certificate]');
  await page.click('wa-button >> text=Test the key');
  await typeCodes(await codeWindow(page), '1234');
  await page.waitForSelector('.activity.done');
});
