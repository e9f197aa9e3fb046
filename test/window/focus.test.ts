import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ActionView } from '../../host/window/view/action-view.js';
import type { PinView, ReaderView } from '../../host/window/view/reader-view.js';
import type { WindowView } from '../../host/window/view/window-view.js';
import { emptyView, FakeDesk } from './fake-desk.js';
import { shownWindow } from './shown-window.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const words = JSON.parse(readFileSync(new URL('../../host/messages/page/en.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const show = shownWindow();

const action = (pin: string, operation: string, why?: string): ActionView => {
  const made = { command: `pin.${operation}`, args: { pin }, label: `${operation} ${pin}` };
  return why === undefined ? made : { ...made, why };
};
const code = (id: string, why?: string): PinView => ({
  id,
  label: id,
  state: 'ok',
  tries: '5 of 5 tries',
  actions: [action(id, 'verify'), action(id, 'change', why)],
});
const reader = (name: string, state: string, pins: readonly PinView[]): ReaderView => ({
  name,
  icon: 'ready',
  state,
  advice: [],
  actions: [],
  card: { id: `card in ${name}`, title: 'Card', pins, certificates: [], details: [], notes: [] },
});
const windowWith = (readers: readonly ReaderView[], more: Partial<WindowView> = {}): WindowView => ({
  ...emptyView,
  words,
  readers,
  ...more,
});
const both = (why?: string) => [
  reader('One', 'ready', [code('PIN1')]),
  reader('Two', 'ready', [code('PIN1'), code('PIN2', why)]),
];

async function open(view: WindowView, place: string): Promise<{ desk: FakeDesk; page: Page }> {
  const desk = new FakeDesk();
  desk.view.next(view);
  return { desk, page: await show(desk, place) };
}
const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.textContent.replace(/\\s+/g, " ").trim()');

describe('the keyboard’s place', () => {
  it('stays with its button when another card is pulled, and never moves to another button', async () => {
    const { desk, page } = await open(windowWith(both()), 'codes');
    await page.locator('wa-button >> text=change PIN2').focus();
    desk.view.next(windowWith(both().slice(1)));
    await expect.poll(() => page.locator('.reader-codes').count()).toBe(1);
    expect(await focused(page)).toBe('change PIN2');
    await page.keyboard.press('Enter');
    await expect.poll(() => desk.asked).toEqual([{ kind: 'run', command: 'pin.change', args: { pin: 'PIN2' } }]);
  });

  it('stays while its button cannot be pressed, which says why', async () => {
    const { desk, page } = await open(windowWith(both()), 'codes');
    await page.locator('wa-button >> text=change PIN2').focus();
    desk.view.next(windowWith(both('It is being done already.')));
    await expect.poll(() => focused(page)).toBe('change PIN2 It is being done already.');
    desk.view.next(windowWith(both()));
    await expect.poll(() => focused(page)).toBe('change PIN2');
    await page.keyboard.press('Enter');
    await expect.poll(() => desk.asked.length).toBe(1);
  });

  it('is the content when what had it is gone', async () => {
    const { desk, page } = await open(windowWith(both()), 'codes');
    await page.locator('wa-button >> text=change PIN2').focus();
    desk.view.next(windowWith(both().slice(0, 1)));
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main');
  });

  it('is not taken from who has none', async () => {
    const { desk, page } = await open(windowWith(both()), 'codes');
    await page.locator('wa-button >> text=change PIN2').focus();
    await page.evaluate('document.activeElement.blur()');
    desk.view.next(windowWith(both('It is being done already.')));
    await page.waitForSelector('text=It is being done already.');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
  });
});

describe('who does not see the page hears', () => {
  const heard = (page: Page): Promise<string> =>
    page.evaluate('document.getElementById("news").textContent.replace(/\\s+/g, " ").trim()');

  it('what becomes of readers and cards, wherever they are', async () => {
    const { desk, page } = await open(windowWith(both()), 'settings');
    expect(await heard(page)).toBe('');
    desk.view.next(windowWith([reader('One', 'the card needs activation', []), both()[1] as ReaderView]));
    await expect.poll(() => heard(page)).toBe('One the card needs activation');
    desk.view.next(windowWith(both().slice(1)));
    await expect.poll(() => heard(page)).toBe('One no longer connected');
  });

  it('each step of an activation, in a region that was there before', async () => {
    const half = { ...reader('One', 'ready', [{ ...code('PIN1'), state: 'not-set' }]), icon: 'activation' as const };
    const { desk, page } = await open(windowWith([half]), 'activation:One');
    await page.evaluate('document.getElementById("news").dataset.same = "yes"');
    const activity = { id: '1', title: 'Activate', reader: 'One', lines: [], cancellable: true } as const;
    desk.view.next(windowWith([half], { activities: [{ ...activity, state: 'waiting' }] }));
    await expect.poll(() => heard(page)).toBe(words['page.activation.waiting.title']);
    const failed = { ...activity, state: 'failed', lines: ['The code was wrong.'] } as const;
    desk.view.next(windowWith([half], { activities: [failed] }));
    await expect.poll(() => heard(page)).toContain('The code was wrong.');
    expect(await page.getAttribute('#news', 'data-same')).toBe('yes');
    await page.evaluate(axe);
    const violations = await page.evaluate(
      'axe.run(document).then(({ violations }) => violations.map(({ id }) => id))',
    );
    expect(violations).toEqual([]);
  });

  it('no whole page anew when the language changes', async () => {
    const { desk, page } = await open(windowWith(both()), 'settings');
    desk.view.next(windowWith([reader('One', 'klart', [])], { language: 'sv' }));
    await page.waitForSelector('html[lang=sv]');
    expect(await heard(page)).toBe('');
  });
});

it('the tries of the letter’s code stand on the page before anything is typed; the last two stand out', async () => {
  const fresh = {
    ...reader('One', 'new', [{ ...code('PIN1'), state: 'not-set' as const }]),
    icon: 'activation' as const,
  };
  const few = { tries: '2 of 5 tries left', triesLeft: 2, triesMax: 5, warning: 'Only 2 tries are left.' };
  const { desk, page } = await open(
    windowWith([{ ...fresh, activationCode: { tries: '5 of 5 tries', triesLeft: 5, triesMax: 5 } }]),
    'activation:One',
  );
  expect(await page.locator('.asked .tries').textContent()).toBe('5 of 5 tries');
  expect(await page.locator('.last-tries').count()).toBe(0);
  desk.view.next(windowWith([{ ...fresh, activationCode: few }]));
  await page.waitForSelector('.last-tries >> text=Only 2 tries are left.');
  expect(await page.locator('.asked .tries.warning .dots .left').count()).toBe(2);
  desk.view.next(windowWith([{ ...fresh, activationCode: { tries: 'tries not told by the card' } }]));
  await expect.poll(() => page.locator('.asked .tries').textContent()).toBe('tries not told by the card');
});
