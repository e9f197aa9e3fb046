import type { Texts } from '../messages/texts.js';
import type { Paths } from '../paths.js';
import type { ReachedHost } from '../reach/reached-host.js';
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
  /**
   * Lends the host that runs already, or one that is opened for this command and ends with it, whatever happened; `plugin` is the one whose
   * commands it is wanted for.
   */
  withHost<T>(use: (host: ReachedHost) => Promise<T>, plugin?: string): Promise<T>;
}
