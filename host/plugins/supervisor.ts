import {
  type CommandArguments,
  type CommandResult,
  type Disposable,
  Failure,
  type FailureData,
  failureData,
  isFailure,
  type Language,
} from '@sigill/core';
import type { Clock } from './clock.js';
import { failureFrom } from './failure-from.js';
import type { PluginLimits } from './limits.js';
import type { PluginProcess } from './plugin-process.js';
import { Restarts } from './restarts.js';
import { runOn } from './run-on.js';
import { RunningCommands, type Starter } from './running-commands.js';

/** How a plugin is doing. `stopped` is ready to be started; `failed` is not started again for a while; `disabled` not at all. */
export type PluginPhase = Process | 'failed' | 'disabled';

type Process = 'stopped' | 'starting' | 'running' | 'stopping';

export interface SupervisorOptions {
  readonly plugin: string;
  readonly clock: Clock;
  readonly limits: PluginLimits;
  /** The person's, now. */
  readonly language?: () => Language;
  /** Starts a process and loads the plugin in it; gives up when `signal` aborts. */
  readonly launch: (signal: AbortSignal) => Promise<PluginProcess>;
  /** Something that is shown of it is no longer as it was. */
  readonly changed?: () => void;
}

/** Keeps one plugin's process: starts it when needed, ends it when idle, kills it when it hangs, and gives up on one that keeps failing. */
export class Supervisor implements Disposable {
  readonly commands: RunningCommands;
  readonly #options: SupervisorOptions;
  readonly #restarts: Restarts;
  readonly #disposed = new AbortController();
  #phase: Process = 'stopped';
  #process: Promise<PluginProcess> | undefined;
  #running: PluginProcess | undefined;
  #failure: FailureData | undefined;
  #disabled = false;
  /** An event asked for it: after a failure it is started again by itself. */
  #wanted = false;
  #busy = 0;
  #idle: Disposable | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#restarts = new Restarts(options.clock);
    this.commands = new RunningCommands(options.clock);
  }

  get phase(): PluginPhase {
    if (this.#phase !== 'stopped') return this.#phase;
    if (this.#disabled) return 'disabled';
    return this.#restarts.usedUp ? 'failed' : 'stopped';
  }

  /** Why it last ended, when that was not in good order. */
  get failure(): FailureData | undefined {
    return this.#failure;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** An activation event: starts it if it does not run. Never fails: the reason is kept. */
  wake(): void {
    this.#wanted = true;
    this.#ready().then(
      () => this.begin(false).dispose(),
      () => {},
    );
  }

  /** Runs a command of the plugin, starting it first. When it is cancelled, nobody is asked any more and the command has to end. */
  async run(id: string, args: CommandArguments, starter: Starter = {}): Promise<CommandResult> {
    const { plugin, limits, language = () => 'en' as const } = this.#options;
    const process = await this.#ready();
    const busy = this.begin(false);
    try {
      return await runOn(process, this.commands, { plugin, limits, id, args, language: language() }, starter);
    } finally {
      busy.dispose();
    }
  }

  /** Something is under way until given back; `waits` when the plugin waits for a person or for the host. */
  begin(waits: boolean): Disposable {
    this.#busy += 1;
    this.#idle?.dispose();
    const asked = waits ? this.commands.ask() : undefined;
    return {
      dispose: () => {
        this.#busy -= 1;
        asked?.dispose();
        this.#endWhenIdle();
      },
    };
  }

  /** Ends it in good order. */
  async stop(): Promise<void> {
    this.#wanted = false;
    const process = await this.#process?.catch(() => undefined);
    if (!process) return;
    const stopping = this.#phase === 'stopping';
    this.#enter('stopping');
    this.#idle?.dispose();
    await (stopping ? process.ended : process.stop(this.#options.limits.stop));
  }

  /** Ends it and keeps it ended. */
  async disable(): Promise<void> {
    this.#disabled = true;
    this.#options.changed?.();
    await this.stop();
  }

  /** Lets it be started again, its failures forgotten. */
  enable(): void {
    this.#disabled = false;
    this.#restarts.forget();
    this.#failure = undefined;
    this.#options.changed?.();
  }

  /** Kills it at once. */
  dispose(): void {
    this.#wanted = false;
    this.#idle?.dispose();
    this.#disposed.abort();
    this.#running?.dispose();
  }

  async #ready(): Promise<PluginProcess> {
    const { plugin } = this.#options;
    if (this.#phase === 'stopping' || this.#running?.dying) await this.#running?.ended;
    if (this.#disposed.signal.aborted) throw new Failure('plugin-ended', { plugin });
    if (this.#disabled) throw new Failure('plugin-failed', { plugin, why: 'it is disabled' });
    if (this.#process) return await this.#process;
    if (this.#restarts.usedUp) throw failureFrom(this.#failure, plugin);
    this.#process = this.#start();
    return await this.#process;
  }

  async #start(): Promise<PluginProcess> {
    const { plugin, launch } = this.#options;
    this.#enter('starting');
    try {
      const process = await launch(this.#disposed.signal);
      this.#running = process;
      this.#enter('running');
      void process.ended.then((why) => this.#ended(why));
      return process;
    } catch (error) {
      const failure = isFailure(error) ? error : new Failure('plugin-failed', { plugin, why: String(error) }, error);
      this.#ended(failureData(failure));
      throw failure;
    }
  }

  #ended(why: FailureData | undefined): void {
    this.#process = undefined;
    this.#running = undefined;
    this.#idle?.dispose();
    this.#failure = why?.code === 'cancelled' ? undefined : why;
    if (this.#failure !== undefined) this.#restarts.failed();
    this.#enter('stopped');
    if (this.#failure === undefined) return;
    if (this.#wanted && !this.#restarts.usedUp) this.wake();
  }

  #enter(phase: Process): void {
    this.#phase = phase;
    this.#options.changed?.();
  }

  #endWhenIdle(): void {
    const { clock, limits } = this.#options;
    if (this.#busy > 0 || this.#phase !== 'running') return;
    this.#idle = clock.after(limits.idle, () => void this.stop());
  }
}
