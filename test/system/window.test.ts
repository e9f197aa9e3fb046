import { createCard, type SimulatedCard } from '@sigill/core/sim';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import { openBrowser } from '../e2e-window/browser.js';
import { buildPage } from '../e2e-window/build-page.js';
import { codeWindow, RunningHost, typeCodes } from '../e2e-window/running-host.js';
import { type PcscDaemon, pcscDaemon } from './pcscd.js';

let daemon: PcscDaemon;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;
let page: Page;
let pull: () => Promise<void>;

beforeAll(async () => {
  buildPage();
  daemon = await pcscDaemon();
  await daemon.start();
  browser = await openBrowser();
  host = new RunningHost(browser.context);
  page = await host.startWith([], daemon.env);
});
afterEach(() => takeOut());
afterAll(async () => {
  await host.stop();
  await browser.close();
  await daemon.dispose();
});

/** Puts a card into the first slot of the virtual reader. */
async function put(card: SimulatedCard): Promise<void> {
  const leaving = new AbortController();
  const { ended } = await connectToVpcd({
    host: '127.0.0.1',
    port: daemon.ports[0],
    card,
    signal: leaving.signal,
  });
  pull = () => (leaving.abort(), ended);
}

/** Takes it out, and waits until that is seen: pcscd looks now and then, and would miss a card that is back at once. */
async function takeOut(): Promise<void> {
  await pull();
  await page.waitForSelector('text=No card with codes is in a reader');
}

const digits = (card: SimulatedCard, reference: number): string | undefined => card.pins.get(reference)?.digits;

it('through pcscd, a new card is activated, its code changed, and it is still known when it was out', async () => {
  const card = createCard('fineid-org', 'new-a');
  await put(card);
  await page.click('wa-button >> text=Start');
  await typeCodes(await codeWindow(page), '12345678', '2580', '2580', '147258', '147258');
  await page.waitForSelector('text=Your card is ready');
  expect([digits(card, 3), digits(card, 4)]).toEqual(['2580', '147258']);

  await page.click('nav >> text=Codes');
  await page.locator('.pin').first().locator('wa-button >> text=Change').click();
  await typeCodes(await codeWindow(page), '2580', '3691', '3691');
  await page.waitForSelector('.activity.done >> text=has been changed');
  expect(digits(card, 3)).toBe('3691');

  await takeOut();
  await put(card);
  await page.locator('.pin').first().locator('wa-button >> text=Verify').click();
  await typeCodes(await codeWindow(page), '3691');
  await page.waitForSelector('.activity.done >> text=is correct');
});

it('through pcscd, a locked code is unlocked', async () => {
  const card = createCard('fineid-org', 'pin1-locked');
  await put(card);
  await page.click('nav >> text=Codes');
  await page.click('.pin.locked wa-button >> text=Unlock');
  await typeCodes(await codeWindow(page), '12345678', '2580', '2580');
  await page.waitForSelector('.activity.done >> text=unlocked');
  await page.waitForSelector('.pin.locked', { state: 'detached' });
  expect([digits(card, 3), card.pins.get(3)?.triesLeft]).toEqual(['2580', 5]);
});
