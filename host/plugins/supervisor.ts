import {
  type CommandArguments,
  type CommandResult,
  type Disposable,
  Failure,
  type FailureData,
  failureData,
  isFailure,
} from '@sigill/core';
import type { Clock } from './clock.js';
import { commandResult } from './call-shapes.js';
import { failureFrom } from './failure-from.js';
import { Mismatch } from './shape.js';
import { type Patience, Waiting } from './patience.js';
import { isFatal, type PluginProcess } from './plugin-process.js';

/** How a plugin is doing. `stopped` is ready to be started; `failed` is not started again for a while; `disabled` not at all. */
export type PluginPhase = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed' | 'disabled';

/** Milliseconds. */
export interface PluginLimits {
  /** Without anything to do before it is ended. */
  readonly idle: number;
  readonly start: number;
  readonly stop: number;
  readonly command: Patience;
}

/** Milliseconds; half a minute of a command's own work, ten minutes with people's typing (about 30 s per code is normal). */
export const defaultLimits: PluginLimits = {
  idle: 30_000,
  start: 20_000,
  stop: 2_000,
  command: { own: 30_000, whole: 600_000 },
};

/** A plugin that failed so often in so many milliseconds is left alone until they have passed. */
const mostRestarts = 3;
const restartSpan = 300_000;

export interface SupervisorOptions {
  readonly plugin: string;
  readonly clock: Clock;
  readonly limits: PluginLimits;
  /** Starts a process and loads the plugin in it. */
  readonly launch: () => Promise<PluginProcess>;
}

/** Keeps one plugin's process: starts it when it is needed, ends it when idle, kills it when it hangs, and gives up on one that keeps failing. */
export class Supervisor implements Disposable {
  readonly #options: SupervisorOptions;
  #phase: PluginPhase = 'stopped';
  #process: Promise<PluginProcess> | undefined;
  #running: PluginProcess | undefined;
  #failure: FailureData | undefined;
  #failedAt: number[] = [];
  #busy = 0;
  #idle: Disposable | undefined;
  readonly #commands = new Set<Waiting>();
  /** An event asked for it: after a failure it is started again by itself. */
  #wanted = false;
  #disposed = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get phase(): PluginPhase {
    return this.#phase === 'stopped' && this.#givenUp() ? 'failed' : this.#phase;
  }

  /** The last failure; kept until it is started again and stays up. */
  get failure(): FailureData | undefined {
    return this.#failure;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  get commandRuns(): boolean {
    return this.#commands.size > 0;
  }

  /** An activation event: starts it if it does not run. Never fails: the reason is kept. */
  wake(): void {
    this.#wanted = true;
    this.#ready()
      .then(() => this.#begin(false).dispose())
      .catch(() => {});
  }

  /** Runs a command of the plugin, starting it first; when `signal` aborts, what it asks of a person is given up. */
  async run(id: string, args: CommandArguments, signal?: AbortSignal): Promise<CommandResult> {
    const { plugin, clock, limits } = this.#options;
    const process = await this.#ready();
    const busy = this.#begin(false);
    const slow = new Failure('plugin-slow', { plugin, call: id });
    const waiting = new Waiting(clock, limits.command, () => process.kill(slow));
    const abort = (): void =>
      void clock.after(limits.stop, () => this.#commands.has(waiting) && process.kill(new Failure('cancelled', {})));
    this.#commands.add(waiting);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return commandResult(await process.call('commands.run', { id, args }, 2 * limits.command.whole), '');
    } catch (error) {
      if (error instanceof Mismatch)
        throw new Failure('plugin-failed', { plugin, why: `its answer: ${error.message}` }, error);
      // The reason of its end says more than that it ended.
      const why = isFatal(error) ? await process.ended : undefined;
      throw why ? failureFrom(why, plugin) : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#commands.delete(waiting);
      waiting.dispose();
      busy.dispose();
    }
  }

  /** Something is under way until given back; with `person`, commands' own time stands still. */
  begin(person: boolean): Disposable {
    return this.#begin(person);
  }

  /** Tells the process something, if it runs. */
  tell(tell: (process: PluginProcess) => void): void {
    if (this.#running) tell(this.#running);
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    this.#wanted = false;
    const process = await this.#process?.catch(() => undefined);
    if (!process || this.#phase !== 'running') return;
    this.#phase = 'stopping';
    this.#idle?.dispose();
    await process.stop(this.#options.limits.stop);
  }

  /** Ends it and keeps it ended. */
  async disable(): Promise<void> {
    const stopped = this.stop();
    await stopped;
    this.#phase = 'disabled';
  }

  /** Lets it be started again, its failures forgotten. */
  enable(): void {
    if (this.#phase === 'disabled') this.#phase = 'stopped';
    this.#failedAt = [];
    this.#failure = undefined;
  }

  /** Kills it at once. */
  dispose(): void {
    this.#disposed = true;
    this.#wanted = false;
    this.#idle?.dispose();
    this.#running?.dispose();
  }

  #ready(): Promise<PluginProcess> {
    const { plugin } = this.#options;
    if (this.#disposed) return Promise.reject(new Failure('plugin-ended', { plugin }));
    if (this.#phase === 'disabled')
      return Promise.reject(new Failure('plugin-failed', { plugin, why: 'it is disabled' }));
    if (this.#phase === 'stopping') return this.#whenStopped().then(() => this.#ready());
    if (this.#process) return this.#process;
    if (this.#givenUp()) return Promise.reject(failureFrom(this.#failure, plugin));
    this.#phase = 'starting';
    this.#process = this.#start();
    return this.#process;
  }

  async #start(): Promise<PluginProcess> {
    const { plugin, launch } = this.#options;
    try {
      const process = await launch();
      this.#running = process;
      this.#phase = 'running';
      void process.ended.then((why) => this.#ended(why));
      if (this.#disposed) {
        process.dispose();
        throw new Failure('plugin-ended', { plugin });
      }
      return process;
    } catch (error) {
      if (this.#running === undefined)
        this.#ended(
          failureData(isFailure(error) ? error : new Failure('plugin-failed', { plugin, why: String(error) })),
        );
      throw error;
    }
  }

  #ended(why: FailureData | undefined): void {
    const { clock } = this.#options;
    this.#process = undefined;
    this.#running = undefined;
    this.#idle?.dispose();
    this.#phase = this.#phase === 'disabled' ? 'disabled' : 'stopped';
    this.#failure = why;
    if (why === undefined || why.code === 'cancelled') return;
    this.#failedAt = [...this.#failedAt.filter((at) => at > clock.now() - restartSpan), clock.now()];
    if (this.#wanted && !this.#givenUp()) this.wake();
  }

  async #whenStopped(): Promise<void> {
    await this.#running?.ended;
  }

  // The first start and three more.
  #givenUp(): boolean {
    const since = this.#options.clock.now() - restartSpan;
    return this.#failedAt.filter((at) => at > since).length > mostRestarts;
  }

  #begin(person: boolean): Disposable {
    this.#busy += 1;
    this.#idle?.dispose();
    if (person) for (const waiting of this.#commands) waiting.pause();
    let given = false;
    return {
      dispose: () => {
        if (given) return;
        given = true;
        this.#busy -= 1;
        if (person) for (const waiting of this.#commands) waiting.resume();
        if (this.#busy === 0 && this.#running)
          this.#idle = this.#options.clock.after(this.#options.limits.idle, () => void this.stop());
      },
    };
  }
}
