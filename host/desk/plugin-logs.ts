import type { Log } from '@sigill/core';
import { Subject } from 'rxjs';

/** Lines kept of each plugin. */
const most = 200;

/** The last lines that plugins wrote, heard in the host's log. */
export class PluginLogs {
  readonly #names: ReadonlySet<string>;
  readonly #lines = new Map<string, readonly string[]>();
  readonly #changes = new Subject<void>();
  /** A line was kept; what happens, without replay. */
  readonly changes = this.#changes.asObservable();

  /** `names` are the plugins that are listened for. */
  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  /** The last lines of a plugin, oldest first. */
  lines(plugin: string): readonly string[] {
    return this.#lines.get(plugin) ?? [];
  }

  /** `log` with an ear to it. */
  listen(log: Log): Log {
    const through =
      (level: keyof Log) =>
      (line: string): void => {
        log[level](line);
        // `NAME: line`, as the plugin host writes; names hold no colon.
        const end = line.indexOf(': ');
        const name = line.slice(0, Math.max(0, end));
        if (this.#names.has(name)) this.#keep(name, line.slice(end + 2));
      };
    return { debug: through('debug'), info: through('info'), warn: through('warn'), error: through('error') };
  }

  #keep(name: string, line: string): void {
    const time = new Date().toISOString().slice(11, 19);
    this.#lines.set(name, [...this.lines(name), `${time} ${line}`].slice(-most));
    this.#changes.next();
  }
}
