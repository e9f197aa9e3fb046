import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { shown } from '../../e2e/sigill.js';
import { type Pkcs11Stage, pkcs11Stage } from '../../pkcs11/stage.js';
import { startScreen } from '../tray/screen.js';
import { setUp } from './firefox-desk.js';

/** A host with simulated cards, and a Chromium whose `~/.pki/nssdb` Sigill has set up. */
export interface ChromiumDesk {
  readonly stage: Pkcs11Stage;
  readonly page: Page;
  /** Waits for a window of this name, and presses keys in it. */
  typeInto(window: string, ...keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens it; a policy, seen by this Chromium alone, says that it need not ask which certificate to take. */
export async function chromiumDesk(cards: readonly string[]): Promise<ChromiumDesk> {
  const stage = await pkcs11Stage(cards);
  const screen = await startScreen('1200x900');
  const home = join(stage.folder, 'home');
  const own = join(home, '.config/chromium');
  const policies = join(stage.folder, 'policies');
  for (const folder of [own, join(policies, 'policies/managed')]) mkdirSync(folder, { recursive: true });
  const rule = JSON.stringify({ pattern: 'https://localhost', filter: {} });
  writeFileSync(join(policies, 'policies/managed/test.json'), JSON.stringify({ AutoSelectCertificateForUrls: [rule] }));
  const environment = { PATH: process.env['PATH'], LANG: 'C.UTF-8', DISPLAY: screen.display, HOME: home, ...stage.env };
  await setUp(home, environment, join(stage.folder, 'state'));
  const words = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'];
  const more = ['--ignore-certificate-errors', `--user-data-dir=${own}`, 'about:blank'];
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
  const child: ChildProcess = spawn('unshare', ['-m', 'sh', '-c', withPolicies, policies, ...words, ...more], {
    env: environment,
    stdio,
  });
  const ended = once(child, 'exit');
  const text = await shown(child.stderr!, /DevTools listening on (ws:\S+)/);
  const browser: Browser = await chromium.connectOverCDP(/DevTools listening on (ws:\S+)/.exec(text)?.[1] ?? '');
  const context = browser.contexts()[0]!;
  return {
    stage,
    page: context.pages()[0] ?? (await context.newPage()),
    async typeInto(window, ...keys) {
      // Not one of the screen's own calls: they would keep this process, where the host runs, from answering Chromium.
      const xdotool = (...args: readonly string[]): Promise<unknown> =>
        promisify(execFile)('xdotool', args, { env: environment });
      await xdotool('search', '--sync', '--onlyvisible', '--name', window);
      await xdotool('key', '--delay', '50', ...keys);
    },
    async close() {
      await browser.close();
      child.kill('SIGTERM');
      await ended;
      await screen.dispose();
      await stage.close();
    },
  };
}

// In a mount namespace of its own, the test's policies stand where the computer's are.
const withPolicies = 'mkdir -p /etc/chromium && mount --bind "$0" /etc/chromium && exec chromium "$@"';
