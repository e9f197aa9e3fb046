import { execFileSync } from 'node:child_process';
import { constants, openSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PinPageView } from '../../host/window/pin-page/view.js';
import { ascii, PinClient } from '../window/pin-client.js';

/**
 * A person in front of a screen on which Sigill opens its PIN pages: what it starts as their Chromium is a script that passes the
 * address on to here. They type what they know, or do with the next page what a test wants.
 */
export class PersonAtScreen {
  /** What they type. */
  readonly knows: Record<string, string> = { PIN1: '1234', PIN2: '123456' };
  /** What stood on the pages that they typed on. */
  readonly pages: PinPageView[] = [];
  readonly #pipe: Socket;
  #next: ((address: string) => void) | undefined;

  /** `folder` is to stand first in the `PATH` of the host. */
  constructor(folder: string) {
    const pipe = join(folder, 'pages');
    execFileSync('mkfifo', ['-m', '600', pipe]);
    writeFileSync(join(folder, 'chromium'), `#!/bin/sh\nprintf '%s\\n' "\${1#--app=}" >'${pipe}'\n`, { mode: 0o755 });
    // For reading and writing, so that it does not end with the first script.
    this.#pipe = new Socket({ fd: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK), writable: false });
    createInterface(this.#pipe).on('line', (address) => this.#see(address));
  }

  /** The address of the next page that opens; nobody types there. */
  nextPage(): Promise<string> {
    return new Promise((resolve) => (this.#next = resolve));
  }

  /** Types on the page at `address` what they know. */
  async type(address: string): Promise<void> {
    const page = new PinClient(address);
    const view = await page.enter();
    this.pages.push(view);
    const [pin = ''] = /PIN\d/.exec(view.fields[0]?.label ?? '') ?? [];
    await page.answer(view, [ascii(this.knows[pin] ?? '')]);
  }

  /** Who asked on each page, what for and with which PIN. */
  get asked(): readonly string[] {
    return this.pages.map(({ facts, title }) => [factOf(facts, 'Who asks'), title, factOf(facts, 'Code')].join(': '));
  }

  /** Forgets what was asked. */
  reset(): void {
    this.pages.length = 0;
  }

  leave(): void {
    this.#pipe.destroy();
  }

  #see(address: string): void {
    const next = this.#next;
    this.#next = undefined;
    if (next) next(address);
    else void this.type(address);
  }
}

const factOf = (facts: PinPageView['facts'], wanted: string): string =>
  facts.find(({ name }) => name === wanted)?.value ?? '';
