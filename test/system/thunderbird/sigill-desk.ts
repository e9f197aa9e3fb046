import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Ended, ended, Home, type RunOptions } from '../../e2e/sigill.js';
import { typeCodes } from '../../e2e-window/running-host.js';
import { written } from '../../e2e-window/written.js';
import { type Screen, startScreen } from '../tray/screen.js';

/** The whole program at work on a screen, with its windows in a real Chromium. */
export class SigillDesk {
  readonly home = new Home();
  readonly screen: Screen;
  /** What programs of this person have in their environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #pages: Page[] = [];
  readonly #waiting: ((page: Page) => void)[] = [];
  #host: ChildProcessWithoutNullStreams | undefined;
  #browser: Browser | undefined;

  private constructor(screen: Screen, more: NodeJS.ProcessEnv) {
    this.screen = screen;
    const bin = join(this.home.folder, 'bin');
    const own = {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      DISPLAY: screen.display,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      ...more,
    };
    this.environment = this.home.environment(own);
    for (const folder of [bin, this.#profile, this.environment['HOME']!]) mkdirSync(folder, { recursive: true });
    mkdirSync(this.environment['XDG_RUNTIME_DIR']!, { mode: 0o700 });
    writeFileSync(join(bin, 'chromium'), browserProgram(this.#pidFile), { mode: 0o755 });
  }

  /** Opens a screen and a home for it; nothing runs yet. `more` goes into the environment of everything. */
  static async open(more: NodeJS.ProcessEnv = {}): Promise<SigillDesk> {
    return new SigillDesk(await startScreen('1280x900'), more);
  }

  get #profile(): string {
    return join(this.home.folder, 'data', 'sigill', 'browser');
  }

  get #pidFile(): string {
    return join(this.home.folder, 'chromium.pid');
  }

  /** Runs a command of Sigill to its end and gives its document. */
  json<T>(words: readonly string[], input: readonly string[] = []): Promise<T> {
    return this.home.json<T>(words, this.#options(input));
  }

  /** Starts Sigill with these words (`--simulate fineid-org`), as its person does; resolves when its window is open. */
  async start(words: readonly string[]): Promise<void> {
    this.#host = this.home.start([...words, '--lang', 'en', 'start'], this.environment);
    const [port] = (await written(this.#profile, 'DevToolsActivePort')).split('\n');
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const context = this.#browser.contexts()[0] as BrowserContext;
    const window = context.pages()[0] ?? (await context.waitForEvent('page'));
    await window.waitForSelector('main');
    context.on('page', (page) => {
      const next = this.#waiting.shift();
      if (next) next(page);
      else this.#pages.push(page);
    });
  }

  /** Resolves when a window of this name is on the screen. */
  async shows(name: string): Promise<void> {
    const words = ['search', '--sync', '--onlyvisible', '--name', name];
    await promisify(execFile)('xdotool', words, { env: this.environment });
  }

  /** Types a code on the page that Sigill opens for it, once the window `waiting` is on the screen too if one is named; gives what the page said. */
  async givePin(pin: string, waiting?: string, picture?: string): Promise<string> {
    const page = this.#pages.shift() ?? (await new Promise<Page>((resolve) => this.#waiting.push(resolve)));
    await page.locator('input[type=password]').first().waitFor();
    const said = await page.locator('body').innerText();
    if (waiting !== undefined) await this.shows(waiting);
    if (picture !== undefined) await page.screenshot({ path: picture });
    await typeCodes(page, pin);
    return said;
  }

  /** Pages for codes that nobody has looked at. */
  get unseen(): number {
    return this.#pages.length;
  }

  async close(): Promise<void> {
    if (this.#browser) {
      const session = await this.#browser.newBrowserCDPSession();
      const gone = spawn('tail', ['--pid', readFileSync(this.#pidFile, 'utf8').trim(), '-f', '/dev/null']);
      const over = once(gone, 'exit');
      await session.send('Browser.close');
      await over;
    }
    if (this.#host) {
      const end: Promise<Ended> = ended(this.#host);
      await this.home.sigill(['quit'], this.#options());
      await end;
    }
    await this.screen.dispose();
    this.home.remove();
  }

  #options(input: readonly string[] = []): RunOptions {
    return { input, environment: this.environment };
  }
}

/** Chromium's own sandbox refuses to be root's. The first one that is started stays; later ones hand it their page and end. */
const browserProgram = (pidFile: string): string =>
  `#!/bin/sh\n[ -e '${pidFile}' ] || echo $$ >'${pidFile}'\n` +
  `exec /usr/bin/chromium --no-sandbox --test-type --disable-gpu --remote-debugging-port=0 "$@"\n`;
