import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { shown } from '../../e2e/sigill.js';
import { type CardDesk, cardDesk } from '../card-desk.js';
import { startScreen } from '../tray/screen.js';
import { setUp } from './firefox-desk.js';
import { PinScreen } from './pin-screen.js';

/** A Chromium at work. */
export interface RunningChromium {
  readonly page: Page;
  /** Waits for a window of this name, and presses keys in it. */
  typeInto(window: string, ...keys: readonly string[]): Promise<void>;
  quit(): Promise<void>;
}

/** A person's desk with a card, and a Chromium whose `~/.pki/nssdb` Sigill has set up. */
export interface ChromiumDesk {
  readonly desk: CardDesk;
  readonly screen: PinScreen;
  start(): Promise<RunningChromium>;
  close(): Promise<void>;
}

/** Opens it; a policy, seen by this Chromium alone, says that it need not ask which certificate to take. */
export async function chromiumDesk(card: string): Promise<ChromiumDesk> {
  const desk = await cardDesk(card);
  const [shownOn, screen] = await Promise.all([startScreen('1200x900'), PinScreen.open(desk.person)]);
  const home = desk.environment['HOME'] ?? '';
  const own = join(home, '.config/chromium');
  const policies = desk.file('policies');
  for (const folder of [own, join(policies, 'policies/managed')]) mkdirSync(folder, { recursive: true });
  const rule = JSON.stringify({ pattern: 'https://localhost', filter: {} });
  writeFileSync(join(policies, 'policies/managed/test.json'), JSON.stringify({ AutoSelectCertificateForUrls: [rule] }));
  // Without the other XDG folders Chromium's are where most people have them.
  const { PATH, LANG, XDG_RUNTIME_DIR } = desk.environment;
  const environment = { PATH, LANG, XDG_RUNTIME_DIR, HOME: home, DISPLAY: shownOn.display };
  await setUp(home, environment, desk.file('state'));
  const words = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'];
  const more = ['--ignore-certificate-errors', `--user-data-dir=${own}`, 'about:blank'];
  const xdotool = (...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)('xdotool', args, { env: environment });
  return {
    desk,
    screen,
    async start() {
      const child: ChildProcess = spawn('unshare', ['-m', 'sh', '-c', withPolicies, policies, ...words, ...more], {
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = once(child, 'exit');
      const text = await shown(child.stderr!, /DevTools listening on (ws:\S+)/);
      const browser: Browser = await chromium.connectOverCDP(/DevTools listening on (ws:\S+)/.exec(text)?.[1] ?? '');
      const context = browser.contexts()[0]!;
      return {
        page: context.pages()[0] ?? (await context.newPage()),
        async typeInto(window, ...keys) {
          await xdotool('search', '--sync', '--onlyvisible', '--name', window);
          await xdotool('key', '--delay', '50', ...keys);
        },
        async quit() {
          await browser.close();
          child.kill('SIGTERM');
          await ended;
        },
      };
    },
    async close() {
      await screen.close();
      await shownOn.dispose();
      await desk.close();
    },
  };
}

// In a mount namespace of its own, the test's policies stand where the computer's are.
const withPolicies = 'mkdir -p /etc/chromium && mount --bind "$0" /etc/chromium && exec chromium "$@"';
