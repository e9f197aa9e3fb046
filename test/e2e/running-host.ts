import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, type CardsDocument, type Ended, ended, Home, shown } from './sigill.js';

/** A host that runs on simulated cards, and the commands of the same person. */
export class RunningHost {
  readonly home: Home;
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;

  private constructor(home: Home, child: ChildProcessWithoutNullStreams) {
    this.home = home;
    this.child = child;
    this.ended = ended(child);
  }

  /** Resolves when it says that it runs. */
  static async start(...cards: readonly string[]): Promise<RunningHost> {
    const home = new Home();
    const simulate = cards.flatMap((card) => ['--simulate', card]);
    const running = new RunningHost(home, home.start([...simulate, 'start', '--headless']));
    await shown(running.child.stdout, /\n/);
    return running;
  }

  /** A command that uses the host, with codes on its standard input. */
  pin(operation: string, which: string, ...input: readonly string[]): Promise<Ended> {
    return this.home.sigill(['--pin-stdin', '--json', 'pin', operation, which], { input });
  }

  /** Tries left: `PIN1 5, PIN2 5, PUK 5`. */
  async tries(): Promise<string> {
    const { readers } = await this.home.json<CardsDocument>(['cards']);
    const { pins = [], puk } = readers[0]?.card ?? {};
    return [...pins, ...(puk ? [puk] : [])].map(({ id, triesLeft }) => `${id} ${triesLeft}`).join(', ');
  }

  /** Everything that it has logged. */
  get log(): string {
    const path = join(this.home.folder, 'state', 'sigill', 'sigill.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.ended;
    this.home.remove();
  }
}

/** A shell line that runs `sigill`. */
export const sigill = (args: string): string => `'${process.execPath}' '${bin}' ${args}`;
