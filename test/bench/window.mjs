// The window in a real Chromium: what it weighs, and how soon it shows what a hand does at the reader.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { chromium } from 'playwright-core';
import { of } from 'rxjs';
import { HostDesk } from '../../host/dist/desk/host-desk.js';
import { PluginLogs } from '../../host/dist/desk/plugin-logs.js';
import { Settings } from '../../host/dist/settings/settings.js';
import { WindowServer } from '../../host/dist/window/window-server.js';
import { onStage, reader } from './stage.mjs';
import { median, tell } from './tell.mjs';
import { browser, quiet, windowStart } from './window-start.mjs';

const insertions = 15;
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const about = { version: '0', api: '0', node: '0', system: '', simulated: true, log: '', settings: '', plugins: [] };

export async function window() {
  weight();
  if (browser === undefined) return console.error('no Chromium here: its window is not measured');
  await windowStart();
  await fromTheCard();
}

/** Bytes of all that the window loads, each file compressed as a server does; without the preview of documents, which comes when it is wanted. */
function weight() {
  const files = readdirSync(at('host/dist/window/page'), { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((entry) => entry.isFile() && !/^pdf[.-]/.test(entry.name) && !/[/\\]pdf$/.test(entry.parentPath))
    .map((file) => gzipSync(readFileSync(join(file.parentPath, file.name))).length);
  const value = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  tell({ name: 'page of the window, compressed', value, unit: 'kB', budget: 300, strict: true, files: sizes.length });
}

/** From a hand at the reader to the page that is open, in a host of this process. */
async function fromTheCard() {
  const readers = new SimulatedReaders();
  readers.addReader(reader);
  const chromiumHere = await chromium.launch({ executablePath: browser, args: quiet });
  try {
    await onStage(async ({ host }) => {
      const settings = new Settings({
        read: () => ({}),
        look: () => ({}),
        change: (make, otherwise) => make(otherwise),
      });
      const needs = { host, settings, about, logs: new PluginLogs([]), language: 'en', asking: of(undefined) };
      const desk = new HostDesk({ ...needs, autostart: () => {} });
      desk.start();
      const server = await WindowServer.open({ desk, log: host.log, language: () => 'en' });
      const page = await chromiumHere.newPage({ reducedMotion: 'reduce' });
      await page.goto(server.address());
      await page.waitForSelector('.empty');
      await moves(page, readers);
      server.dispose();
      desk.dispose();
    }, readers);
  } finally {
    await chromiumHere.close();
  }
}

async function moves(page, readers) {
  const times = { first: [], again: [], removal: [] };
  const cards = ['fineid-v4', 'fineid-v3', 'fineid-org'].map((name) => createCard(name));
  for (let run = 0; run < insertions; run++) {
    // What a card has given once is kept.
    const [seen, card] = [run < cards.length ? 'first' : 'again', cards[run % cards.length]];
    times[seen].push(await until(page, '.status.ready', () => readers.insert(reader, card)));
    times.removal.push(await until(page, '.empty', () => readers.remove(reader)));
  }
  tell({ name: 'insertion to page updated, first time', value: median(times.first), unit: 'ms' });
  tell({ name: 'insertion to page updated, seen before', value: median(times.again), unit: 'ms' });
  tell({ name: 'removal to page updated', value: median(times.removal), unit: 'ms' });
}

/** Milliseconds from what a hand does until the page has it and draws. */
async function until(page, selector, move) {
  const shown = page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (document.querySelector(wanted) === null) return requestAnimationFrame(look);
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        };
        look();
      }),
    selector,
  );
  await page.evaluate(() => {});
  const start = performance.timeOrigin + performance.now();
  move();
  return (await shown) - start;
}
