import { fileURLToPath } from 'node:url';
import {
  type ActivationEvent,
  type Cards,
  type CommandArguments,
  type CommandResult,
  type Disposable,
  DisposableStore,
  Failure,
  type FailureData,
  type Language,
  type Log,
  type Pins,
  type Signing,
} from '@sigill/core';
import { type Observable, Subject } from 'rxjs';
import { watchActivation } from './activator.js';
import { type Clock, systemClock } from './clock.js';
import type { FoundPlugin, FoundPlugins, Origin } from './finder.js';
import { type Offer, Offers } from './offers.js';
import { launcher } from './launch.js';
import { defaultLimits, type PluginLimits } from './limits.js';
import { type PluginPhase, Supervisor } from './supervisor.js';

export interface PluginHostOptions {
  readonly cards: Cards;
  /** PIN operations in the name of `requester`; `signal` aborts when nobody waits for them any more. */
  readonly pins: (requester: string, signal: AbortSignal) => Pins;
  readonly signing: (requester: string, signal: AbortSignal) => Signing;
  readonly log: Log;
  readonly plugins: FoundPlugins;
  /** In which the person is told who asks. */
  readonly language?: Language;
  readonly clock?: Clock;
  readonly limits?: Partial<PluginLimits>;
  /** The module that a plugin's process runs. */
  readonly runner?: string;
}

/** A plugin as `sigill plugins` shows it. */
export interface PluginState {
  readonly name: string;
  readonly origin: Origin;
  readonly folder: string;
  /** Absent for one that is broken. */
  readonly plugin?: FoundPlugin;
  /** `data` has nothing to run; `broken` cannot be used. */
  readonly state: PluginPhase | 'data' | 'broken';
  readonly pid?: number;
  /** Why it is broken, or how it last failed. */
  readonly failure?: FailureData;
}

/** Plugins at work, each in a process of its own that lives only while it has something to do. */
export class PluginHost implements Disposable {
  /** Commands that plugins ask to be started; what happens, without replay. Never errors. */
  readonly offers: Observable<Offer>;
  readonly #options: PluginHostOptions;
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #kept = new DisposableStore();
  readonly #offered = new Subject<Offer>();

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.offers = this.#offered.asObservable();
    const {
      cards,
      clock = systemClock,
      plugins,
      runner = fileURLToPath(new URL('./runner.js', import.meta.url)),
    } = options;
    const offers = new Offers(cards, (offer) => this.#offered.next(offer));
    const limits = { ...defaultLimits, ...options.limits };
    const { language = 'en' } = options;
    for (const plugin of plugins.plugins) {
      const { name, main } = plugin.manifest;
      if (main === undefined) continue;
      const launch = launcher({
        ...options,
        plugin,
        clock,
        limits,
        runner,
        language,
        offers,
        supervisor: () => this.#supervisor(name),
      });
      this.#supervisors.set(name, this.#kept.add(new Supervisor({ plugin: name, clock, limits, launch })));
    }
  }

  /** Begins to watch the cards and starts plugins at their events. Until then only commands start them. */
  start(): void {
    this.#kept.add(watchActivation(this.#options.cards, (event) => this.#wake(event)));
  }

  /** Runs a command that a plugin contributes. Fails with `command-unknown`, `plugin-…`, `cancelled`, and as the command fails. */
  async run(id: string, args: CommandArguments = {}, signal?: AbortSignal): Promise<CommandResult> {
    const plugin = this.commandOwner(id);
    const supervisor = plugin && this.#supervisors.get(plugin.manifest.name);
    if (!supervisor) throw new Failure('command-unknown', { command: id });
    return await supervisor.run(id, args, signal);
  }

  /** The plugin that a command belongs to, with the texts of its messages. */
  commandOwner(id: string): FoundPlugin | undefined {
    return this.#options.plugins.plugins.find(({ manifest }) =>
      manifest.contributes.commands?.some((command) => command.id === id),
    );
  }

  list(): readonly PluginState[] {
    const { plugins, broken } = this.#options.plugins;
    return [
      ...plugins.map((plugin) => this.#stateOf(plugin)),
      ...broken.map(({ name, origin, folder, failure }) => ({
        name,
        origin,
        folder,
        state: 'broken' as const,
        failure,
      })),
    ];
  }

  /** Ends a plugin in good order; its next event starts it again. Fails with `plugin-unknown`. */
  async stop(name: string): Promise<void> {
    await this.#supervisor(name).stop();
  }

  /** Ends a plugin and keeps it ended. Fails with `plugin-unknown`. */
  async disable(name: string): Promise<void> {
    await this.#supervisor(name).disable();
  }

  /** Takes `disable` back, and forgets how it failed. Fails with `plugin-unknown`. */
  enable(name: string): void {
    this.#supervisor(name).enable();
  }

  /** Kills all processes at once. */
  dispose(): void {
    this.#kept.dispose();
    this.#offered.complete();
  }

  #wake(event: ActivationEvent): void {
    for (const { manifest } of this.#options.plugins.plugins) {
      if (manifest.activation.includes(event)) this.#supervisors.get(manifest.name)?.wake();
    }
  }

  #supervisor(name: string): Supervisor {
    const supervisor = this.#supervisors.get(name);
    if (!supervisor) throw new Failure('plugin-unknown', { plugin: name });
    return supervisor;
  }

  #stateOf(plugin: FoundPlugin): PluginState {
    const supervisor = this.#supervisors.get(plugin.manifest.name);
    const known = { name: plugin.manifest.name, origin: plugin.origin, folder: plugin.folder, plugin };
    if (!supervisor) return { ...known, state: 'data' };
    const { phase: state, pid, failure } = supervisor;
    return { ...known, state, ...(pid === undefined ? {} : { pid }), ...(failure === undefined ? {} : { failure }) };
  }
}
