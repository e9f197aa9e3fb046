import { rmSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { WindowView } from '../../host/window/view/window-view.js';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { builtPage, PageServer } from './page-server.js';

/** A browser for a test file, and for each of its tests a page with a server of its own. */
export function stage(): (view: WindowView, place?: string) => Promise<{ page: Page; server: PageServer }> {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  const servers: PageServer[] = [];
  beforeAll(async () => {
    buildPage(builtPage);
    browser = await openBrowser();
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterEach(async () => {
    for (const page of browser.context.pages().slice(1)) await page.close();
    for (const server of servers.splice(0)) await server.stop();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(builtPage, { recursive: true, force: true });
  });
  return async (view, place = '') => {
    const server = new PageServer(view);
    servers.push(server);
    const page = await browser.context.newPage();
    await page.goto(`${await server.start()}#${encodeURIComponent(place)}`);
    await page.waitForSelector('main');
    return { page, server };
  };
}
