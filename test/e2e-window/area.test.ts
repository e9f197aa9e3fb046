import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { passwordKey, type WindowRequest } from '../../host/window/requests.js';
import { stage } from './stage.js';
import { documentStory, storyDocument } from './stories/documents.js';
import { tell } from './stories/say.js';

const open = stage();
const panel = 'panel:pdf-sign.documents';

const placeIn = (request: WindowRequest | undefined): readonly number[] =>
  request?.kind === 'submit' ? String(request.values['place']).split(',').map(Number) : [];

/** Draws a box on the page from one corner to another, as parts of its width and height from the upper left. */
async function draw(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const { x, y, width, height } = (await page.locator('.page-view canvas').boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await page.mouse.move(x + from[0] * width, y + from[1] * height);
  await page.mouse.down();
  await page.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 4 });
  await page.mouse.up();
}

it('a box that is drawn with the mouse goes to the plugin in points from the lower left of the page', async () => {
  const { page, server } = await open(tell(documentStory, 'en'), panel);
  await page.setViewportSize({ width: 1200, height: 1800 });
  await page.click('.activity .closer');
  await page.click('sigill-area wa-switch');
  await page.waitForSelector('.signature-box');
  await draw(page, [0.5, 0.5], [0.75, 0.6]);
  await page.click('#form-sign wa-button >> text=Sign');
  const [number, ...box] = placeIn(server.requests.find(({ kind }) => kind === 'submit'));
  expect(number).toBe(1);
  // A page of 595 by 842 points; a pixel of the screen is about one.
  for (const [at, points] of [297.5, 336.8, 148.75, 84.2].entries())
    expect(Math.abs((box[at] ?? 0) - points)).toBeLessThan(3);
});

it('a box is moved by its middle, and stays on the page', async () => {
  const { page, server } = await open(tell(documentStory, 'en'), panel);
  await page.setViewportSize({ width: 1200, height: 1800 });
  await page.click('.activity .closer');
  await page.click('sigill-area wa-switch');
  await page.waitForSelector('.signature-box');
  await draw(page, [150 / 595, 1 - 85 / 842], [0.99, 0.01]);
  await page.click('#form-sign wa-button >> text=Sign');
  const [, x, y, width, height] = placeIn(server.requests.find(({ kind }) => kind === 'submit'));
  expect([width, height]).toEqual([200, 70]);
  expect([Math.round(x ?? 0), Math.round(y ?? 0)]).toEqual([395, 772]);
});

it('without a wish for a place none is sent, and nothing of a document is read', async () => {
  const { page, server } = await open(tell(documentStory, 'en'), panel);
  await page.click('#form-sign wa-button >> text=Sign');
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(asked.filter((name) => /api\/document|pdf/.test(name))).toEqual([]);
  expect(server.requests.find(({ kind }) => kind === 'submit')).toMatchObject({ values: { place: '' } });
});

it('the password of a document is typed unseen, is the same after a new view, and goes with the form alone', async () => {
  const story = tell(documentStory, 'en');
  const locked = { password: { label: 'Password', help: 'Locked', state: 'asked' } } as const;
  const [first, ...others] = story.panels;
  if (first === undefined) throw new Error('The story has no panel');
  const documents = first.documents?.map((document) => ({ ...document, ...locked })) ?? [];
  const asking = { ...story, panels: [{ ...first, documents }, ...others] };
  const { page, server } = await open(asking, panel);
  const field = page.locator('.password input');
  expect([await field.getAttribute('type'), await field.getAttribute('autocomplete')]).toEqual(['password', 'off']);
  await page.click('.password wa-input');
  await page.keyboard.type('Sesam öppna dig');
  server.show({ ...asking, activities: [] });
  await page.waitForSelector('.activity', { state: 'detached' });
  await page.click('#form-sign wa-button >> text=Sign');
  const sent = server.requests.find(({ kind }) => kind === 'submit');
  const key = passwordKey('passwords', storyDocument);
  expect(server.requests).toContainEqual({ kind: 'unlock', panel: first.id, typed: { [key]: 'Sesam öppna dig' } });
  expect(sent?.kind === 'submit' && sent.values).toEqual({ [key]: 'Sesam öppna dig', place: '' });
  expect(`${page.url()} ${await page.content()}`).not.toContain('Sesam');
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});
