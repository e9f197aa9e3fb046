import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { RunningHost } from './running-host.js';

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;

beforeAll(async () => {
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

it('the menus of file managers are the same in the terminal and in the settings of the window', async () => {
  const page = await host.start('fineid-v4');
  await page.goto(`${new URL(page.url()).origin}/#settings`);
  const entry = 'wa-switch[name=fileMenu]';
  const shows = (there: boolean) =>
    page.waitForFunction(
      ([found, wanted]) => document.querySelector<HTMLInputElement>(found as string)?.checked === wanted,
      [entry, there],
    );
  await shows(false);
  expect((await host.sigill('integrate')).code).toBe(0);
  await shows(true);
  expect((await host.sigill('integrate', '--remove')).code).toBe(0);
  await shows(false);
  await page.click(`${entry} label`);
  await shows(true);
  const { output } = await host.sigill('integrate', '--remove', '--json');
  const { removed } = JSON.parse(output) as { removed: string[] };
  expect(removed).toContain(join(host.folder, '..', 'data', 'applications', 'sigill-sign-pdf.desktop'));
  expect(removed.filter((path) => existsSync(path))).toEqual([]);
  await shows(false);
});
