// Starting with a window: from nothing to what a person sees.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { median, tell } from './tell.mjs';

const starts = 5;
const bin = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));

/** The Chromium of this computer, and how it is started where nobody looks. */
export const browser = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
export const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** `sigill --simulate fineid-v4`, as on a desktop; a Chromium of the same kind without us stands beside it. */
export async function windowStart() {
  const [whole, bare, memory] = [[], [], []];
  for (let run = 0; run < starts; run++) {
    await inHome(async ({ env, profile }) => {
      const page = `data:text/html,<p>${'drawn '.repeat(50)}`;
      bare.push(
        await drawn(env, '/bin/sh', ['-c', `exec chromium --app='${page}' --user-data-dir='${profile}'`], profile, 'p'),
      );
    });
    await inHome(async ({ env, profile }) => {
      const words = [bin, '--simulate', 'fineid-v4', '--lang', 'en', 'start'];
      whole.push(
        await drawn(env, process.execPath, words, profile, '.status.ready', (pid) => memory.push(resident(pid))),
      );
    });
  }
  tell({ name: 'start of Chromium until a page is drawn', value: median(bare), unit: 'ms' });
  tell({ name: 'start of sigill until its window is drawn, card and all', value: median(whole), unit: 'ms' });
  const ratio = median(whole.map((time, run) => time / bare[run]));
  tell({ name: 'start of sigill and its window, in starts of Chromium', value: ratio, unit: 'times' });
  if (memory.length > 0) tell({ name: 'memory of the host with its window open', value: median(memory), unit: 'MiB' });
}

/** Milliseconds from the start of a program until the Chromium that it starts has painted, with `selector` on the page. */
async function drawn(env, program, words, profile, selector, look = () => {}) {
  const start = performance.timeOrigin + performance.now();
  const child = spawn(program, words, { env, stdio: 'ignore' });
  const exit = once(child, 'exit');
  const joined = await chromium.connectOverCDP(`http://127.0.0.1:${await debuggingPort(profile)}`);
  const [context] = joined.contexts();
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.waitForSelector(selector);
  const painted = await page.evaluate(lastPaint);
  look(child.pid);
  const session = await joined.newBrowserCDPSession();
  const [browserProcess] = readlinkSync(join(profile, 'SingletonLock')).split('-').slice(-1);
  await session.send('Browser.close').catch(() => {});
  while (existsSync(`/proc/${browserProcess}`)) await pause(5);
  child.kill();
  await exit;
  return painted - start;
}

/** In the page: when the largest thing on it was painted, as Unix time in milliseconds. */
async function lastPaint() {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return new Promise((resolve) => {
    const seen = (list) => resolve(performance.timeOrigin + list.getEntries().at(-1).startTime);
    new PerformanceObserver(seen).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** A home with nothing in it, where `chromium` shows no window and can be looked into. */
async function inHome(use) {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-bench-'));
  const profile = join(folder, 'sigill', 'browser');
  const program = join(folder, 'chromium');
  writeFileSync(program, `#!/bin/sh\nexec ${browser} ${quiet.join(' ')} --remote-debugging-port=0 "$@"\n`);
  chmodSync(program, 0o755);
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  const own = ['HOME', 'STATE', 'CACHE', 'DATA', 'CONFIG'].map((name) => [
    name === 'HOME' ? name : `XDG_${name}_HOME`,
    folder,
  ]);
  // A display that is not there: this Chromium shows nothing, and a panel is not part of it.
  const env = { PATH: `${folder}:${process.env.PATH}`, DISPLAY: ':99', LANG: 'C.UTF-8', ...Object.fromEntries(own) };
  try {
    await use({ env: { ...env, XDG_RUNTIME_DIR: folder }, profile });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Chromium writes it into its profile when it listens. */
async function debuggingPort(profile) {
  for (;;) {
    const path = join(profile, 'DevToolsActivePort');
    const port = existsSync(path) ? readFileSync(path, 'utf8').split('\n')[0] : '';
    if (port !== '') return port;
    await pause(5);
  }
}

/** Mebibytes that a process has in memory (Linux: /proc). */
function resident(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
