import type { FailureData } from '@sigill/core';
import type { FoundPlugin, Origin } from './finder.js';
import type { PluginPhase } from './supervisor.js';

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
