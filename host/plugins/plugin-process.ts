import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { type Disposable, Failure, type FailureData, failureData, isFailure, type Log } from '@sigill/core';
import { Allowance, type Rate } from './allowance.js';
import type { Clock } from './clock.js';
import type { Answer, PluginCall, PluginCalls, Request } from './contract.js';
import { outputLines } from './output-lines.js';
import { Rpc } from './rpc.js';
import type { SpawnedPlugin } from './spawn-plugin.js';

export interface ProcessOptions {
  readonly plugin: string;
  readonly spawned: SpawnedPlugin;
  readonly clock: Clock;
  readonly log: Log;
  readonly answer: (call: string, request: unknown) => Promise<unknown>;
  /** How much it may send; little where it is left out. */
  readonly rate?: Rate;
}

/** Messages from a plugin; each 4 KiB count as one. */
const messageRate = { burst: 1_000, perSecond: 300 };
/** Lines on its standard output and error. */
const lineRate = { burst: 200, perSecond: 20 };

/** Milliseconds from the end of its contract to the end of a process. */
const closing = 1_000;

/** A running plugin. `dispose` kills it. */
export class PluginProcess implements Disposable {
  /** Why it ended, once it has; `undefined` when it was told to. Never rejects. */
  readonly ended: Promise<FailureData | undefined>;
  readonly pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #stream: Duplex;
  readonly #rpc: Rpc<PluginCalls>;
  readonly #plugin: string;
  #lastError = '';
  #why: FailureData | undefined;
  #told = false;
  #dying = false;

  constructor(options: ProcessOptions) {
    const { plugin, spawned, clock, log } = options;
    this.#plugin = plugin;
    this.#child = spawned.child;
    this.pid = this.#child.pid;
    this.ended = spawned.ended.then((seen) => this.#reason(seen));
    const allowance = new Allowance(lineRate, clock);
    if (this.#child.stdout) outputLines(this.#child.stdout, allowance, (line) => log.info(line));
    if (this.#child.stderr) {
      outputLines(this.#child.stderr, allowance, (line) => {
        if (/error/i.test(line) || this.#lastError === '') this.#lastError = line;
        log.warn(line);
      });
    }
    this.#stream = this.#child.stdio[3] as Duplex;
    // One that closes the contract and lives on is of no use; one that is ending gets the time to say why.
    this.#stream.once('close', () => clock.after(closing, () => this.#child.kill('SIGKILL')));
    // What is left unread of a process that sent too much would keep its end from being seen.
    this.#child.once('exit', () => this.#stream.isPaused() && this.#stream.destroy());
    this.#rpc = new Rpc<PluginCalls>(this.#stream, {
      plugin,
      clock,
      answer: options.answer,
      broken: (why) => this.kill(new Failure('plugin-failed', { plugin, why: `it sent ${why}` })),
      guard: { clock, allowance: new Allowance(options.rate ?? messageRate, clock) },
    });
  }

  /** True from the moment that it was ended here: it takes no more calls. */
  get dying(): boolean {
    return this.#dying;
  }

  /** Asks the plugin; fails with `plugin-slow` after `limit` milliseconds. */
  call<C extends PluginCall>(
    call: C,
    request: Request<PluginCalls, C>,
    limit: number,
  ): Promise<Answer<PluginCalls, C>> {
    return this.#rpc.call(call, request, limit);
  }

  /** Tells the plugin something that it does not answer. */
  tell<C extends PluginCall>(call: C, request: Request<PluginCalls, C>): void {
    this.#rpc.tell(call, request);
  }

  /** Asks it to end, and kills it when it has not after `limit` milliseconds. */
  async stop(limit: number): Promise<void> {
    this.#told = true;
    await this.call('plugin.stop', {}, limit).catch(() => {});
    this.dispose();
    await this.ended;
  }

  /** Ends it because of `why`, which `ended` then gives. */
  kill(why: Failure): void {
    this.#why ??= failureData(why);
    this.#end();
  }

  dispose(): void {
    this.#told = true;
    this.#end();
  }

  #end(): void {
    this.#dying = true;
    this.#child.kill('SIGKILL');
    this.#rpc.dispose();
    this.#stream.destroy();
  }

  #reason(seen: string): FailureData | undefined {
    this.#rpc.dispose();
    if (this.#why) return this.#why;
    if (this.#told) return undefined;
    const why = this.#lastError === '' ? `it ended: ${seen}` : `it ended: ${seen} (${this.#lastError})`;
    return failureData(new Failure('plugin-failed', { plugin: this.#plugin, why }));
  }
}

/** True for the failures after which a process is of no more use. */
export function isFatal(error: unknown): boolean {
  return isFailure(error, 'plugin-slow') || isFailure(error, 'plugin-ended');
}
