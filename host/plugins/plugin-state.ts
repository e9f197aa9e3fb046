import type { FailureData } from '@sigill/core';
import type { BrokenPlugin, FoundPlugin, Origin } from './finder.js';
import type { PluginPhase, Supervisor } from './supervisor.js';

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
  /** Why it is broken, how it last failed, or what of it cannot be used. */
  readonly failure?: FailureData;
}

/** The state of a plugin that can be used; without a supervisor it has nothing to run. */
export function stateOf(plugin: FoundPlugin, supervisor?: Pick<Supervisor, 'phase' | 'pid' | 'failure'>): PluginState {
  const { origin, folder, manifest } = plugin;
  const { phase: state, pid, failure = plugin.failure } = supervisor ?? { phase: 'data' as const };
  return {
    name: manifest.name,
    origin,
    folder,
    plugin,
    state,
    ...(pid === undefined ? {} : { pid }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** The state of a plugin that cannot be used. */
export function stateOfBroken({ name, origin, folder, failure }: BrokenPlugin): PluginState {
  return { name, origin, folder, state: 'broken', failure };
}
