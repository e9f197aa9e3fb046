import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ended, Home, shown } from '../e2e/sigill.js';
import { buildPage } from './build-page.js';
import { Firefox, firefoxWords, prepareProfile } from './firefox.js';

const folder = fileURLToPath(new URL('../output/firefox/', import.meta.url));

let home: Home;
let host: ChildProcessWithoutNullStreams;
let program: ChildProcess;
let firefox: Firefox;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  home = new Home();
  const profile = join(home.folder, 'firefox');
  mkdirSync(profile);
  prepareProfile(profile);
  const env = { ...home.environment(), MOZ_HEADLESS_WIDTH: '1200', MOZ_HEADLESS_HEIGHT: '860' };
  program = spawn('firefox-esr', ['--headless', ...firefoxWords(profile)], { env, stdio: 'ignore' });
  firefox = await Firefox.join(profile);
  host = home.start(['--simulate', 'fineid-org', '--lang', 'en', 'start', '--headless']);
  await shown(host.stdout, /window/);
});
afterAll(async () => {
  const exit = once(program, 'exit');
  await firefox.quit();
  await exit;
  const end = ended(host);
  await home.sigill(['quit']);
  await end;
  home.remove();
});

it('Firefox shows the window and the code window, and a code typed there reaches the card', async () => {
  const { address } = await home.json<{ address: string }>(['window', '--print']);
  await firefox.open(address);
  await firefox.sees('.status.ready');
  await firefox.picture(join(folder, 'devices.png'));
  await firefox.click('nav a, nav button', 'Codes');
  await firefox.click('.pin wa-button', 'Change');
  const [window = ''] = await firefox.windows();
  await firefox.click('wa-button', 'Open the code window');
  const pinPage = await firefox.another(window);
  await firefox.to(pinPage);
  await firefox.type('input[type=password]', '1234', '2580', '2580');
  await firefox.picture(join(folder, 'code-window.png'));
  await firefox.click('button.primary');
  await firefox.to(window);
  await firefox.sees('.activity.done', 'changed');
  await firefox.picture(join(folder, 'changed.png'));
  await firefox.click('.pin wa-button', 'Verify');
  await firefox.sees('wa-button', 'Open the code window');
  await firefox.click('wa-button', 'Open the code window');
  await firefox.to(await firefox.another(window));
  await firefox.type('input[type=password]', '2580');
  await firefox.click('button.primary');
  await firefox.to(window);
  await firefox.sees('.activity.done', 'correct');
  expect(await firefox.complaints()).toEqual([]);
});
