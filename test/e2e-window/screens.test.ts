import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { builtPage, PageServer } from './page-server.js';
import { stories } from './stories/index.js';
import { languages, tell } from './stories/say.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = fileURLToPath(new URL('../output/screens/', import.meta.url));

const wide = { width: 1200, height: 860 };
/** Pixels of the smallest screen: WCAG 1.4.10 asks for 320 at most for reading, telephones have 360. */
const narrow = { width: 320, height: 740 };

let browser: Awaited<ReturnType<typeof openBrowser>>;
let context: BrowserContext;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildPage(builtPage);
  browser = await openBrowser();
  context = browser.context;
});

afterAll(async () => {
  await browser.close();
  rmSync(builtPage, { recursive: true, force: true });
});

describe.each(['light', 'dark'] as const)('in %s colours', (colours) => {
  it.each(stories)(
    '$name can be used by everybody, in three languages and on a narrow screen',
    async ({ name, story, place, press = [], see = 'main' }) => {
      const server = new PageServer(tell(story, 'en'));
      const page = await context.newPage();
      const complaints = listen(page);
      await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
      await page.goto(`${await server.start()}#${encodeURIComponent(place)}`);
      for (const target of press) await page.locator(target).first().click();
      await page.waitForSelector(see);
      for (const language of languages) {
        server.show(tell(story, language));
        await page.waitForSelector(`html[lang=${language}] main`);
        await page.setViewportSize(wide);
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}-${language}-${colours}.png`), fullPage: true });
        if (language === 'sv') expect(await violations(page), language).toEqual([]);
        await page.setViewportSize(narrow);
        expect(await sidewaysScroll(page), `${language}: nothing sticks out`).toBe(0);
        if (language !== 'fi') continue;
        await page.screenshot({ path: join(folder, `${name}-narrow-${colours}.png`), fullPage: true });
        expect(await violations(page), language).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.close();
      await server.stop();
    },
  );
});

/** What the browser refuses, misses or stumbles over. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('requestfailed', (request) => {
    if (!request.url().endsWith('/api/view')) complaints.push(`failed: ${request.url()}`);
  });
  return complaints;
}

/** After every component has drawn itself and stopped moving. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    type Drawing = Element & { updateComplete?: Promise<unknown> };
    await Promise.all([...document.querySelectorAll<Drawing>('*')].map((element) => element.updateComplete));
    const ends = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ends.map(({ finished }) => finished));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

async function violations(page: Page): Promise<string[]> {
  await settled(page);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Axe = {
      run(
        context: Document,
        options: unknown,
      ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
    };
    const { axe } = globalThis as unknown as { axe: Axe };
    const found = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    );
  });
}
