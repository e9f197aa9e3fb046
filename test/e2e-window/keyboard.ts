import type { Page } from 'playwright-core';

/** Presses Tab until what has the focus is called `name`, as somebody does who uses no mouse. Fails when it is not reached. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const most = 80;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focused(page))) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}; the focus is on: ${await focused(page)}`);
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim() ?? '');
