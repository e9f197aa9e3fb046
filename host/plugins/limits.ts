import type { Patience } from './patience.js';

/** How long a plugin may take; milliseconds. */
export interface PluginLimits {
  /** Without anything to do before it is ended. */
  readonly idle: number;
  readonly start: number;
  readonly stop: number;
  readonly command: Patience;
}

/** Half a minute of a command's own work, ten minutes with people's typing (about 30 s per code is normal). */
export const defaultLimits: PluginLimits = {
  idle: 30_000,
  start: 20_000,
  stop: 2_000,
  command: { own: 30_000, whole: 600_000 },
};
