import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ended, type Home, shown } from '../e2e/sigill.js';

/** A simulated card in a slot of vpcd: `sigill simulate CARD --vpcd`, a process of its own. */
export class VirtualCard {
  readonly #file: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown>;

  private constructor(file: string, child: ChildProcessWithoutNullStreams) {
    this.#file = file;
    this.#process = child;
    this.#ended = ended(child);
  }

  /** Puts the card (`CARD` or `CARD:STATE`) that this home keeps into the slot behind `port`. */
  static async put(home: Home, spec: string, port: number): Promise<VirtualCard> {
    const [name = '', state = 'normal'] = spec.split(':');
    const file = join(home.folder, `${name}-${state}.json`);
    const words = ['simulate', name, '--state', state, '--vpcd', `127.0.0.1:${port}`, '--file', file];
    const card = new VirtualCard(file, home.start(words));
    await shown(card.#process.stdout, /Ctrl-C/);
    return card;
  }

  /** Tries left of the PIN with this reference, as the chip itself has it. */
  triesLeft(reference: number): number {
    const { pins } = JSON.parse(readFileSync(this.#file, 'utf8')) as {
      readonly pins: Readonly<Record<string, { readonly triesLeft: number }>>;
    };
    const pin = pins[String(reference)];
    if (pin === undefined) throw new Error(`The card has no PIN ${reference}`);
    return pin.triesLeft;
  }

  /** Pulls it out. */
  async pull(): Promise<void> {
    this.#process.kill('SIGINT');
    await this.#ended;
  }
}
