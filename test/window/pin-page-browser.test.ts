import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '@sigill/core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PinAnswer, PinForm } from '../../host/pin/prompt.js';
import { PinPagePrompt } from '../../host/window/pin-page/pin-page-prompt.js';
import { logTo, result } from '../faults/scene.js';
import { formOf } from './pin-forms.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = fileURLToPath(new URL('../output/pin-page/', import.meta.url));

const chromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  browser = await chromium.launch({ executablePath: chromiums.find(existsSync) ?? 'chromium', args: ['--no-sandbox'] });
  context = await browser.newContext();
});

afterAll(() => browser.close());

interface Shown {
  readonly page: Page;
  readonly asked: Promise<PinAnswer>;
  readonly stop: AbortController;
  /** What the content policy or the script stumbled over. */
  readonly complaints: readonly string[];
}

/** A question, opened in Chromium as a person's browser would. */
async function shown(
  form: PinForm,
  language: Language = 'en',
  { grace = 300, theme }: { readonly grace?: number; readonly theme?: 'light' | 'dark' } = {},
): Promise<Shown> {
  const stop = new AbortController();
  let opened: (address: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (opened = resolve));
  const prompt = new PinPagePrompt({
    opener: { open: opened },
    log: logTo([]),
    language: () => language,
    theme: () => theme,
    grace,
  });
  const asked = prompt.ask(form, stop.signal);
  asked.catch(() => undefined);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  await page.setViewportSize({ width: 560, height: form.operation === 'activate' ? 900 : 720 });
  await page.goto(await address);
  await page.waitForSelector('h1');
  return { page, asked, stop, complaints };
}

const typed = ({ secrets }: PinAnswer): string[] =>
  [...secrets.values()].map((secret) => secret.lend((bytes) => Buffer.from(bytes).toString()));

async function violations(page: Page): Promise<string[]> {
  // By the debugger: the page's own content policy would refuse it.
  await page.evaluate(axe);
  return (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })" +
      ".then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
  )) as string[];
}

describe.each(['light', 'dark'] as const)('in %s colours the PIN page', (colorScheme) => {
  it.each(['en', 'sv', 'fi'] as const)('in %s can be used by everybody, at each of its steps', async (language) => {
    const pictures = async (page: Page, name: string): Promise<void> => {
      await page.screenshot({ path: join(folder, `${name}-${language}-${colorScheme}.png`), fullPage: true });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 740 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await page.setViewportSize({ width: 560, height: 720 });
    };
    const activation = await shown(formOf('activate'), language);
    await activation.page.emulateMedia({ colorScheme });
    await pictures(activation.page, 'activate-empty');
    const inputs = activation.page.locator('input');
    for (const [at, digits] of ['12345678', '1234', '1235', '311299'].entries()) await inputs.nth(at).fill(digits);
    await pictures(activation.page, 'activate-half');
    for (const at of [1, 2, 3, 4]) await inputs.nth(at).fill('739251');
    await pictures(activation.page, 'activate-same');
    await activation.page.locator('button.primary').click();
    expect(typed(await activation.asked)).toEqual(['12345678', '739251', '739251', '739251', '739251']);
    await activation.page.waitForSelector('.end');
    await pictures(activation.page, 'activate-end');

    const last = await shown(formOf('verify', { triesLeft: 2 }), language);
    await last.page.emulateMedia({ colorScheme });
    await pictures(last.page, 'last-tries');
    await last.page.locator('button.primary').click();
    await last.page.locator('.keypad button').first().click();
    await pictures(last.page, 'keypad');
    expect([...activation.complaints, ...last.complaints]).toEqual([]);
    last.stop.abort();
    await Promise.all([activation.page.close(), last.page.close()]);
  });
});

describe('on the PIN page', () => {
  it.each([
    ['dark', 'light', 'rgb(18, 24, 33)'],
    ['light', 'dark', 'rgb(255, 255, 255)'],
    [undefined, 'dark', 'rgb(18, 24, 33)'],
  ] as const)('the colours are those that the person chose: %s on a %s desktop', async (theme, colorScheme, ground) => {
    const { page } = await shown(formOf('verify'), 'en', theme === undefined ? {} : { theme });
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(ground);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('the keyboard alone suffices, through the page before the last tries', async () => {
    const { page, asked } = await shown(formOf('verify', { triesLeft: 1 }));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('58239');
    await page.keyboard.press('Enter');
    const answer = await asked;
    expect([typed(answer), answer.agreed]).toEqual([['58239'], true]);
    await page.close();
  });

  it('the keypad on the screen suffices, for who cannot type', async () => {
    const { page, asked } = await shown(formOf('change'));
    await page.getByRole('button', { name: 'Show keypad on the screen' }).click();
    const keys = page.getByRole('group', { name: 'Keypad on the screen' });
    const press = async (digits: string): Promise<void> => {
      for (const digit of digits) await keys.getByRole('button', { name: digit, exact: true }).click();
    };
    await press('12345');
    await keys.getByRole('button', { name: 'Erase' }).click();
    for (let field = 0; field < 2; field += 1) {
      await keys.getByRole('button', { name: 'Next field' }).click();
      await press('58239');
    }
    await page.getByRole('button', { name: 'Change' }).click();
    expect(typed(await asked)).toEqual(['1234', '58239', '58239']);
    await page.close();
  });

  it('the button says why it waits, and nothing is sent by it until all is in order', async () => {
    const { page, asked } = await shown(formOf('change'));
    const why = async (): Promise<string | null> => page.locator('#why').textContent();
    const ok = page.getByRole('button', { name: 'Change' });
    expect([await why(), await ok.getAttribute('aria-disabled')]).toEqual([
      'Still empty: Current code: basic code (PIN1)',
      'true',
    ]);
    await page.locator('input').nth(0).fill('12');
    expect(await why()).toBe('Not in order yet: Current code: basic code (PIN1)');
    await ok.click({ force: true });
    expect(await page.evaluate('document.activeElement.id')).toBe('field-0');
    for (const at of [0, 1, 2])
      await page
        .locator('input')
        .nth(at)
        .fill(at === 0 ? '1234' : '58239');
    expect([await why(), await ok.getAttribute('aria-disabled')]).toEqual(['', 'false']);
    await ok.click();
    expect(typed(await asked)).toHaveLength(3);
    await page.close();
  });

  it('a value that was wrong before is told at its field, and the person goes on', async () => {
    const { page, asked } = await shown(formOf('verify', { knownWrong: '4711' }));
    await page.keyboard.type('4711\n');
    await expect.poll(() => page.locator('#field-0-state').textContent()).toContain('That value was wrong before');
    await page.keyboard.type('5823\n');
    expect(typed(await asked)).toEqual(['5823']);
    await page.close();
  });

  it('Cancel is as large as OK, and Escape does the same', async () => {
    const { page, asked } = await shown(formOf('verify'));
    const [cancel, ok] = await Promise.all(
      ['Cancel', 'OK'].map((name) => page.getByRole('button', { name }).boundingBox()),
    );
    expect([cancel?.width, cancel?.height]).toEqual([ok?.width, ok?.height]);
    await page.keyboard.press('Escape');
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
    await page.close();
  });

  it('closing the page cancels, loading it again does not', async () => {
    const { page, asked } = await shown(formOf('verify'), 'en', { grace: 1_500 });
    await page.reload();
    await page.waitForSelector('input');
    await page.keyboard.type('58');
    await page.close();
    expect(await result(asked)).toMatchObject({ code: 'cancelled' });
  });

  it('the person is told when the question is withdrawn', async () => {
    const { page, stop } = await shown(formOf('verify'));
    await page.waitForSelector('input');
    stop.abort();
    await expect.poll(() => page.locator('.end').textContent()).toMatch(/^The question was withdrawn/);
    expect(await page.locator('input').count()).toBe(0);
    await page.close();
  });

  it('no digit is left in the page, its address or its storage afterwards', async () => {
    const { page, asked } = await shown(formOf('activate'));
    for (const [at, digits] of ['82649371', '58239', '58239', '739518', '739518'].entries()) {
      await page.locator('input').nth(at).fill(digits);
    }
    await page.locator('button.primary').click();
    await asked;
    await page.waitForSelector('.end');
    const left =
      '[document.documentElement.outerHTML, location.href, JSON.stringify({...localStorage, ...sessionStorage}), document.cookie].join()';
    expect(await page.evaluate(left)).not.toMatch(/82649371|58239|739518/);
    await page.close();
  });
});
