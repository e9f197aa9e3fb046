import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Desk } from '../../host/window/desk.js';
import { WindowServer } from '../../host/window/window-server.js';
import { buildPage } from '../e2e-window/build-page.js';
import { logTo } from '../faults/scene.js';

const chromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Shows a desk in the window's own page, in Chromium, at a place. */
export function shownWindow(): (desk: Desk, place: string) => Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-page-'));
  const given: (() => unknown)[] = [];
  let browser: Browser;
  beforeAll(async () => {
    buildPage(folder);
    browser = await chromium.launch({
      executablePath: chromiums.find(existsSync) ?? 'chromium',
      args: [...flags, ...quiet],
    });
  });
  afterEach(async () => {
    for (const giveBack of given.splice(0).reverse()) await giveBack();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (desk, place) => {
    const server = await WindowServer.open({ desk, page: folder, log: logTo([]), language: () => 'en' });
    given.push(() => server.dispose());
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    given.push(() => page.close());
    await page.goto(`${server.address()}#${encodeURIComponent(place)}`);
    await page.waitForSelector('main');
    return page;
  };
}
