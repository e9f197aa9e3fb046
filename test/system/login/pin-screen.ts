import type { Page } from 'playwright-core';
import { openBrowser } from '../../e2e-window/browser.js';
import type { PersonAtScreen } from '../person-at-screen.js';

/** A real browser of the person's, for the PIN pages that Sigill opens on their screen. */
export class PinScreen {
  readonly #person: PersonAtScreen;
  readonly #browser: Awaited<ReturnType<typeof openBrowser>>;

  private constructor(person: PersonAtScreen, browser: Awaited<ReturnType<typeof openBrowser>>) {
    this.#person = person;
    this.#browser = browser;
  }

  static async open(person: PersonAtScreen): Promise<PinScreen> {
    return new PinScreen(person, await openBrowser());
  }

  /** The next page that Sigill opens, once it asks; to be called before what makes it open. */
  async next(): Promise<Page> {
    const opening = this.#person.nextPage();
    const page = await this.#browser.context.newPage();
    await page.goto(await opening);
    await page.waitForSelector('input[type=password]');
    return page;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** What a person reads on a PIN page: everything, in one line. */
export const readOn = async (page: Page): Promise<string> => (await page.innerText('body')).replace(/\s+/g, ' ');

/** Types a PIN on the page and sends it; resolves when the page is over. */
export async function typeOn(page: Page, digits: string): Promise<void> {
  await page.fill('input[type=password]', digits);
  await Promise.allSettled([page.click('button.primary')]);
  await over(page);
}

/** Says no on the page; resolves when the page is over. */
export async function cancelOn(page: Page): Promise<void> {
  // The page may close under the click.
  await Promise.allSettled([page.click('button.secondary')]);
  await over(page);
}

/** It closes itself where a browser lets it, else it says that it has ended. */
async function over(page: Page): Promise<void> {
  await Promise.any([page.waitForEvent('close'), page.waitForSelector('.end')]);
  await page.close();
}
