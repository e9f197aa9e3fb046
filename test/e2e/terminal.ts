import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type Ended, ended, type Home, shown } from './sigill.js';

/** A shell line at a terminal of its own: `script` (bsdutils, essential in Debian) makes the terminal. */
export class Terminal {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;

  constructor(home: Home, line: string) {
    const environment = home.environment({ TERM: 'xterm', SHELL: '/bin/sh' });
    this.#child = spawn('script', ['-q', '-e', '-c', line, '/dev/null'], { env: environment, cwd: home.folder });
    this.ended = ended(this.#child);
  }

  /** Resolves when `words` have come, with everything that came since the last time. */
  shows(words: RegExp): Promise<string> {
    return shown(this.#child.stdout, words);
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }
}
