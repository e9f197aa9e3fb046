import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process of its own, out of the compiled host, that tells what it does line by line over its channel. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #told: string[] = [];
  #wake: () => void = () => undefined;

  /** `script` is a file beside this one. */
  constructor(script: string, environment: NodeJS.ProcessEnv = {}) {
    if (!existsSync(compiled)) throw new Error('The host is not built: npm run build');
    const path = fileURLToPath(new URL(script, import.meta.url));
    this.#child = fork(path, [], {
      env: { PATH: process.env['PATH'], ...environment },
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (line) => {
      this.#told.push(String(line));
      this.#wake();
    });
    this.#child.once('exit', (code) => {
      this.#told.push(`exit ${code}`);
      this.#wake();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The next line that it tells, beyond what was told already. */
  async next(): Promise<string> {
    for (;;) {
      const line = this.#told.shift();
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  tell(line: string): void {
    this.#child.send(line);
  }

  /** Files and sockets that it holds. */
  held(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Megabytes of memory that the computer has given it: now, and at most so far (proc(5), `VmRSS` and `VmHWM`). */
  memory(): { readonly now: number; readonly most: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { now: of('VmRSS'), most: of('VmHWM') };
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

const compiled = fileURLToPath(new URL('../../host/dist/window/window-server.js', import.meta.url));
