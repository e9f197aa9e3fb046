import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtPage } from './page-server.js';
import { stage } from './stage.js';
import { activationStories } from './stories/activation.js';
import { deviceStories } from './stories/devices.js';
import { gemalto } from './stories/cards.js';
import { programStories } from './stories/program.js';
import { type Story, tell } from './stories/say.js';

const open = stage();
const all: Readonly<Record<string, Story>> = { ...deviceStories, ...activationStories, ...programStories };
const story = (name: string): Story => all[name] as Story;

it('the page weighs less than 300 kB, compressed, without the preview of documents, which comes when it is wanted', () => {
  const files = readdirSync(builtPage, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const rare = files.filter(({ parentPath }) => parentPath === join(builtPage, 'pdf'));
  const later = [...rare, ...files.filter(({ name }) => /^pdf[.-]/.test(name))];
  expect(later).toHaveLength(rare.length + 2);
  const bytes = files
    .filter((file) => !later.includes(file))
    .map((file) => gzipSync(readFileSync(join(file.parentPath, file.name))).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
});

it('another language is there at once, and the focus stays where it was', async () => {
  const { page, server } = await open(tell(story('ready'), 'en'), 'codes');
  server.answer = () => {
    server.show(tell(story('ready'), 'fi'));
    return { status: 200, body: {} };
  };
  await page.focus('button[lang=fi]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[lang=fi] h1 >> text=Tunnusluvut');
  expect(server.requests).toEqual([{ kind: 'language', language: 'fi' }]);
  expect(await page.title()).toBe('Tunnusluvut – Sigill');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('fi');
});

it('dark colours are chosen with one press, and kept by the host', async () => {
  const { page, server } = await open(tell(story('ready'), 'en'));
  server.answer = () => {
    server.show({ ...tell(story('ready'), 'en'), theme: 'dark' });
    return { status: 200, body: {} };
  };
  await page.click('.light');
  await page.waitForSelector('html.wa-dark .light[aria-pressed=true]');
  expect(server.requests).toEqual([{ kind: 'setting', owner: 'sigill', key: 'theme', value: 'dark' }]);
  server.show({ ...tell(story('ready'), 'en'), theme: 'light' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForSelector('html.wa-light .light[aria-pressed=false]');
  server.show(tell(story('ready'), 'en'));
  await page.waitForSelector('html.wa-dark .light[aria-pressed=true]');
});

it('a lost connection is told calmly, and comes back by itself', async () => {
  const { page, server } = await open(tell(story('ready'), 'en'));
  const port = server.port;
  await server.stop();
  await page.waitForSelector('text=The connection to Sigill is lost');
  await server.start(port);
  await page.waitForSelector('text=The connection to Sigill is lost', { state: 'detached' });
  server.show(tell(story('empty'), 'en'));
  await page.waitForSelector('text=chip first and face up');
});

it('what the host refuses is told in its words, and can be put away', async () => {
  const { page, server } = await open(tell(story('ready'), 'en'));
  server.answer = () => ({
    status: 409,
    body: { code: 'reader-busy', facts: {}, message: 'Another program uses the card.' },
  });
  await page.click('text=Change');
  await page.waitForSelector('text=Another program uses the card.');
  await page.click('.closer');
  await page.waitForSelector('text=Another program uses the card.', { state: 'detached' });
});

it('a button that cannot be pressed says why', async () => {
  const { page, server } = await open(tell(story('new-card'), 'en'), 'codes');
  await page.waitForSelector('text=Activate the card first.');
  await page.locator('wa-button[disabled]').first().click({ force: true });
  expect(server.requests).toEqual([]);
});

it('the report of an unknown card is copied', async () => {
  const { page } = await open(tell(story('unknown'), 'en'));
  await page.click('text=Copy the report');
  await page.waitForSelector('text=The report is copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('ATR 3B 00');
});

it('what runs can be cancelled, and what is over put away', async () => {
  const { page, server } = await open(tell(story('activities'), 'en'));
  // What waits for the person is seen first, then what runs, then what has ended.
  const states = await page.locator('.activity').evaluateAll((all) => all.map(({ className }) => className));
  expect(states[0]).toBe('activity waiting');
  expect(states[1]).toBe('activity running');
  await page.click('.activity.running >> text=Cancel');
  await page.click('.activity.failed .closer');
  await expect
    .poll(() => server.requests)
    .toEqual([
      { kind: 'cancel', activity: '2' },
      { kind: 'dismiss', activity: '4' },
    ]);
  expect(await page.locator('.activity.waiting wa-button').first().getAttribute('href')).toBe(
    'http://127.0.0.1:1/code',
  );
});

it('settings are sent as they are changed, each as its own kind of value', async () => {
  const { page, server } = await open(tell(story('settings'), 'en'), 'settings');
  await page.locator('wa-switch').click();
  await page.locator('wa-input[name=warn] input').fill('14');
  await page.keyboard.press('Tab');
  await page.locator('wa-select').click();
  await page.click('wa-option >> text=a tab');
  await expect
    .poll(() => server.requests)
    .toEqual([
      { kind: 'setting', owner: 'host', key: 'autostart', value: false },
      { kind: 'setting', owner: 'host', key: 'warn', value: 14 },
      { kind: 'setting', owner: 'host', key: 'browser', value: 'tab' },
    ]);
});

it('the form of a panel is sent as typed, even when the host draws it anew meanwhile', async () => {
  const { page, server } = await open(tell(story('panel'), 'en'), 'panel:pdf.documents');
  await page.locator('wa-input[name=reason] input').fill('Agreed');
  server.show({ ...tell(story('panel'), 'en'), about: [{ name: 'x', value: 'y' }] });
  await page.locator('wa-switch').click();
  await page.click('.form wa-button');
  const values = { reason: 'Agreed', visible: true };
  await expect
    .poll(() => server.requests)
    .toEqual([
      { kind: 'open-panel', panel: 'pdf.documents' },
      { kind: 'submit', panel: 'pdf.documents', form: 'sign', values },
    ]);
});

it('Documents is a place only while a plugin offers it', async () => {
  const { page, server } = await open(tell(story('panel'), 'en'), 'panel:pdf.documents');
  await page.waitForSelector('nav >> text=Documents');
  server.show(tell(story('empty'), 'en'));
  await page.waitForSelector('nav >> text=Documents', { state: 'detached' });
  await page.waitForSelector('text=chip first and face up');
});

describe('activation', () => {
  it('opens by itself and leads to a card that is ready', async () => {
    const { page, server } = await open(tell(story('empty'), 'en'));
    server.show(tell(story('activation-new'), 'en'));
    await page.waitForSelector('text=This is what you will be asked for');
    await page.click('wa-button >> text=Start');
    await expect.poll(() => server.requests).toMatchObject([{ kind: 'run', command: 'activation.activate' }]);
    server.show(tell(story('activation-waiting'), 'en'));
    await page.waitForSelector('text=Type your codes in the code window');
    server.show(tell(story('activation-removed'), 'en'));
    await page.waitForSelector('text=Put the card back to go on');
    await page.waitForSelector('text=The basic code is set, the signature code is not.');
    server.show(tell(story('activation-half'), 'en'));
    await page.waitForSelector('text=The activation is not finished');
    expect(await page.locator('.code-states li').allInnerTexts()).toEqual([
      expect.stringMatching(/Basic code \(PIN1\)\s+Set$/),
      expect.stringMatching(/Signature code \(PIN2\)\s+Not set$/),
    ]);
    await page.click('wa-button >> text=Continue');
    server.show(tell(story('activation-done'), 'en'));
    await page.waitForSelector('text=Keep the letter with the activation code');
  });

  it('is not forced upon a person twice', async () => {
    const { page, server } = await open(tell(story('activation-new'), 'en'));
    await page.waitForSelector('wa-button >> text=Start');
    await page.click('nav >> text=Codes');
    server.show(tell(story('activation-new'), 'sv'));
    await page.waitForSelector('html[lang=sv] h1 >> text=Koder');
    await page.reload();
    await page.waitForSelector('h1 >> text=Koder');
  });

  it('is not opened for a card that is activated by now', async () => {
    const { page } = await open({ ...tell(story('ready'), 'en'), wish: { number: 7, place: `activation:${gemalto}` } });
    await page.waitForSelector('.card-detail');
  });
});
