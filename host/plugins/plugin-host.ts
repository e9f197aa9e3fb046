import {
  type ActivationEvent,
  type CommandArguments,
  type CommandResult,
  type Disposable,
  DisposableStore,
  Failure,
  failureData,
  type Language,
  type Log,
  type PanelElement,
  type ProgressStep,
  type SettingValue,
} from '@sigill/core';
import { map, type Observable, of, Subject } from 'rxjs';
import { watchActivation } from './activator.js';
import { type Clock, systemClock } from './clock.js';
import type { FoundPlugin, FoundPlugins } from './finder.js';
import { type Offer, Offers } from './offers.js';
import { launcher } from './launch.js';
import { defaultLimits, type PluginLimits } from './limits.js';
import { settingValues } from './setting-values.js';
import type { PluginServices } from './plugin-services.js';
import { type PluginState, stateOf, stateOfBroken } from './plugin-state.js';
import { pluginRunner } from './runner-module.js';
import type { Asking } from './running-commands.js';
import type { SpawnedPlugin } from './spawn-plugin.js';
import { Supervisor } from './supervisor.js';

export type { PluginState } from './plugin-state.js';

export interface PluginHostOptions extends PluginServices {
  readonly log: Log;
  readonly plugins: FoundPlugins;
  /** In which the person is told who asks. */
  readonly language?: () => Language;
  /** What the person chose for a plugin's settings, by key. What is, replaying; defaults without. */
  readonly settings?: (plugin: string) => Observable<Readonly<Record<string, SettingValue>>>;
  readonly clock?: Clock;
  readonly limits?: Partial<PluginLimits>;
  /** The module that a plugin's process runs. */
  readonly runner?: string;
  /** Gives a process of the plugin in this folder that was started already. */
  readonly begun?: ((folder: string) => SpawnedPlugin | undefined) | undefined;
}

/** Plugins at work, each in a process of its own that lives only while it has something to do. */
export class PluginHost implements Disposable {
  /** Commands that plugins ask to be started; what happens, without replay. Never errors. */
  readonly offers: Observable<Offer>;
  readonly #options: PluginHostOptions;
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #kept = new DisposableStore();
  /** The list or what a panel shows is no longer as it was; what happens, without replay. Never errors. */
  readonly changes: Observable<void>;
  readonly #offered = new Subject<Offer>();
  readonly #changed = new Subject<void>();
  readonly #panels = new Map<string, readonly PanelElement[]>();

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.offers = this.#offered.asObservable();
    this.changes = this.#changed.asObservable();
    const { cards, clock = systemClock, plugins, runner = pluginRunner } = options;
    const offers = new Offers(cards, (offer) => this.#offered.next(offer));
    const limits = { ...defaultLimits, ...options.limits };
    const { language = () => 'en', settings = () => of({}) } = options;
    const changed = (): void => this.#changed.next();
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
        showPanel: ({ id, elements }) => {
          this.#panels.set(id, elements);
          changed();
        },
        settings: settings(name).pipe(map((chosen) => settingValues(plugin.manifest, chosen))),
        supervisor: () => this.#supervisor(name),
      });
      this.#supervisors.set(
        name,
        this.#kept.add(new Supervisor({ plugin: name, clock, limits, language, launch, changed })),
      );
    }
  }

  /** Begins to watch the cards and starts plugins at their events. Until then only commands start them. */
  start(): void {
    this.#kept.add(watchActivation(this.#options.cards, (event) => this.#wake(event)));
  }

  /** Runs a command that a plugin contributes; `asking` where who started it is elsewhere. Fails with `command-unknown`, `plugin-…`, `cancelled`, and as the command fails. */
  async run(
    id: string,
    args: CommandArguments = {},
    signal?: AbortSignal,
    progress?: (step: ProgressStep) => void,
    asking?: Asking,
  ): Promise<CommandResult> {
    const plugin = this.commandOwner(id);
    const supervisor = plugin && this.#supervisors.get(plugin.manifest.name);
    if (!supervisor) throw new Failure('command-unknown', { command: id });
    const { name } = plugin.manifest;
    const { documents } = this.#options;
    const ended = (error?: unknown): void => {
      if (!supervisor.commands.any) documents.ended(name, error === undefined ? undefined : failureData(error).code);
    };
    try {
      const result = await supervisor.run(id, args, { signal, progress, asking });
      ended();
      return result;
    } catch (error) {
      ended(error);
      throw error;
    }
  }

  /** The plugin that a command belongs to, with the texts of its messages. */
  commandOwner(id: string): FoundPlugin | undefined {
    return this.#options.plugins.plugins.find(({ manifest }) =>
      manifest.contributes.commands?.some((command) => command.id === id),
    );
  }

  /** What a plugin last showed in a panel; nothing while it has shown nothing. */
  panel(id: string): readonly PanelElement[] {
    return this.#panels.get(id) ?? [];
  }

  /** A person opened a panel: plugins that wait for it are started. */
  openPanel(id: string): void {
    this.#wake(`panel:${id}`);
  }

  list(): readonly PluginState[] {
    const { plugins, broken } = this.#options.plugins;
    return [
      ...plugins.map((plugin) => stateOf(plugin, this.#supervisors.get(plugin.manifest.name))),
      ...broken.map(stateOfBroken),
    ];
  }

  /** Starts a plugin without waiting for an event; why it does not start is told by its state. Fails with `plugin-unknown`. */
  launch(name: string): void {
    this.#supervisor(name).wake();
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
    this.#changed.complete();
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
}
