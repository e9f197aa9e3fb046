import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { BrowserContext, Page } from 'playwright-core';
import { type Ended, ended, Home, shown } from '../e2e/sigill.js';

/** The whole program, and its window in a browser. */
export class RunningHost {
  readonly #home = new Home();
  readonly #context: BrowserContext;
  #process: ChildProcessWithoutNullStreams | undefined;

  constructor(context: BrowserContext) {
    this.#context = context;
  }

  /** The person's home, of this test alone. */
  get folder(): string {
    return this.#home.environment()['HOME'] ?? '';
  }

  /** As every program of this person has it. */
  get environment(): NodeJS.ProcessEnv {
    return this.#home.environment();
  }

  /** Runs `sigill` beside it. */
  sigill(...words: readonly string[]): Promise<Ended> {
    return this.#home.sigill(words);
  }

  /** Starts it with a card (`fineid-org:new-a`) that has a fault or none, and gives its window. */
  start(card: string, fault?: object): Promise<Page> {
    const environment = fault === undefined ? {} : { SIGILL_SIMULATE_FAULTS: JSON.stringify([fault]) };
    return this.startWith(['--simulate', card], environment);
  }

  /** The same with other words before the command: none for real readers. */
  startWith(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Page> {
    return this.startAs([...words, '--lang', 'en', 'start', '--headless'], environment);
  }

  /** The same by any command that becomes the host. */
  async startAs(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Page> {
    this.#process = this.#home.start(words, environment);
    await shown(this.#process.stdout, /Sigill is running/);
    const { address } = await this.#home.json<{ address: string }>(['window', '--print']);
    const page = await this.#context.newPage();
    await page.goto(address);
    await page.waitForSelector('main');
    return page;
  }

  /** Takes the card out of the first reader, or puts it back. */
  async hand(action: 'remove' | 'insert'): Promise<void> {
    await this.#home.json(['simulate', `--${action}`]);
  }

  async stop(): Promise<void> {
    if (this.#process !== undefined) {
      const end = ended(this.#process);
      await this.#home.sigill(['quit']);
      await end;
    }
    this.#home.remove();
  }
}

/** Opens the code window from the page, as a person does who did not see it open. */
export async function codeWindow(page: Page): Promise<Page> {
  // Awaited together: whichever fails, the other's failure is heard too.
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.click('wa-button >> text=Open the code window'),
  ]);
  await opened.waitForSelector('input, button');
  return opened;
}

/** Types the codes in the order in which they are asked, and sends them. */
export async function typeCodes(window: Page, ...codes: readonly string[]): Promise<void> {
  const inputs = window.locator('input[type=password]');
  await inputs.first().waitFor();
  for (const [index, code] of codes.entries()) await inputs.nth(index).fill(code);
  await window.click('button.primary');
}
