import type { Host } from '../host.js';
import type { Texts } from '../messages/texts.js';
import type { Paths } from '../paths.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import type { Say } from './say.js';

/** What a command works with. */
export interface Context {
  readonly io: Io;
  readonly options: Options;
  readonly texts: Texts;
  readonly say: Say;
  readonly paths: Paths;
  /** Lends the host, wired for these options, and ends it afterwards, whatever happened. */
  withHost<T>(use: (host: Host) => Promise<T>): Promise<T>;
}
