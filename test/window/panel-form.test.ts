import { expect, it } from 'vitest';
import type { FormFieldView, PanelElementView, PanelView } from '../../host/window/view/panel-view.js';
import { emptyView, FakeDesk } from './fake-desk.js';
import { shownWindow } from './shown-window.js';

const show = shownWindow();

const box = (key: string): FormFieldView => ({ key, label: `Trust ${key}`, type: 'boolean', value: false });
const form = (...keys: readonly string[]): PanelElementView => ({
  kind: 'form',
  id: 'set-up',
  fields: keys.map(box),
  submit: { command: 'set-up', args: {}, label: 'Set up' },
});
const text = (words: string): PanelElementView => ({ kind: 'text', text: words });
const panel = (elements: readonly PanelElementView[], id = 'mail'): PanelView => ({
  id,
  title: id,
  plugin: 'P',
  elements,
});

/** A window at the panel `mail`, and how to show it, and the person's hands. */
async function open(...elements: readonly PanelElementView[]) {
  const desk = new FakeDesk();
  const draw = (...panels: readonly PanelView[]): void => desk.view.next({ ...emptyView, panels });
  draw(panel(elements));
  const page = await show(desk, 'panel:mail');
  const set = async (key: string): Promise<void> => {
    await page.locator(`wa-switch[name=${key}]`).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => isSet(key)).toBe(true);
  };
  const isSet = (key: string): Promise<boolean> =>
    page.locator(`wa-switch[name=${key}]`).evaluate((one: { readonly checked?: boolean }) => one.checked === true);
  const send = async (): Promise<object | undefined> => {
    await page.click('wa-button >> text=Set up');
    const sent = () => desk.asked.find(({ kind }) => kind === 'submit');
    await expect.poll(sent).toBeDefined();
    return sent();
  };
  return { page, draw, set, isSet, send };
}

it('what a person has set stays, with the keyboard’s place, when something comes above it or goes', async () => {
  const { page, draw, set, isSet, send } = await open(text('before'), form('a'), text('after'));
  await set('a');
  draw(panel([text('report'), text('more'), text('before'), form('a'), text('after')]));
  await page.waitForSelector('text=report');
  expect(await isSet('a')).toBe(true);
  expect(await page.evaluate('document.activeElement.getAttribute("name")')).toBe('a');
  draw(panel([form('a'), text('after')]));
  await page.locator('text=report').waitFor({ state: 'detached' });
  expect(await isSet('a')).toBe(true);
  expect(await send()).toMatchObject({ form: 'set-up', values: { a: true } });
});

it('what was set in one field is never another’s', async () => {
  const { page, draw, set, isSet, send } = await open(form('a', 'b'));
  await set('a');
  draw(panel([form('b')]));
  await page.locator('wa-switch[name=a]').waitFor({ state: 'detached' });
  expect(await isSet('b')).toBe(false);
  draw(panel([form('c', 'b')]));
  await page.waitForSelector('wa-switch[name=c]');
  expect([await isSet('c'), await isSet('b')]).toEqual([false, false]);
  expect(await send()).toMatchObject({ values: { b: false, c: false } });
});

it('what was set is forgotten with the field that it was set in', async () => {
  const { page, draw, set, isSet } = await open(form('a', 'b'));
  await set('a');
  draw(panel([form('b')]));
  await page.locator('wa-switch[name=a]').waitFor({ state: 'detached' });
  draw(panel([form('a', 'b')]));
  await page.waitForSelector('wa-switch[name=a]');
  expect(await isSet('a')).toBe(false);
});

it('a form of the same name in another panel is another one', async () => {
  const { page, draw, set, isSet } = await open(form('a'));
  const both = [panel([form('a')]), panel([form('a')], 'other')];
  draw(...both);
  await set('a');
  await page.evaluate(`location.hash = encodeURIComponent('panel:other')`);
  await page.waitForSelector('h1 >> text=other');
  expect(await isSet('a')).toBe(false);
});

it('forms and fields that a plugin names twice are shown once', async () => {
  const { page, draw } = await open(form('a', 'a'), form('a'));
  draw(panel([form('a'), text('between'), form('a', 'a')]));
  await page.waitForSelector('text=between');
  expect([await page.locator('.form').count(), await page.locator('wa-switch').count()]).toEqual([1, 1]);
});
