import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Disposable } from '@sigill/core';

/** An item as the helper takes it. */
export interface HelperItem {
  readonly __id: number;
  readonly title: string;
  readonly tooltip: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly hidden: boolean;
  readonly items?: readonly HelperItem[];
}

/** The icon as the helper takes it: a file in base64, and a text. */
export interface HelperIcon {
  readonly icon: string;
  readonly title: string;
  readonly tooltip: string;
}

/** What the helper is told, a line of JSON each; the first is the whole menu. */
export type HelperMessage =
  | (HelperIcon & { readonly items: readonly HelperItem[] })
  | { readonly type: 'update-item'; readonly item: HelperItem; readonly seq_id: -1 }
  | { readonly type: 'update-menu'; readonly menu: HelperIcon }
  | { readonly type: 'exit' };

export interface HelperListener {
  ready(): void;
  /** `title` is what the item said when it was clicked. */
  clicked(number: number, title: string): void;
  /** It ended, or could not be started. */
  ended(): void;
}

/** Milliseconds that a helper may take to leave. */
const patience = 2_000;

/** systray2's helper program at work: one icon with one menu. */
export class HelperProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #temporary: string;
  #gone = false;

  /** `program` is an absolute path. */
  constructor(program: string, environment: NodeJS.ProcessEnv, listener: HelperListener) {
    const folder = dirname(program);
    // It leaves a picture behind for every icon that it shows.
    this.#temporary = mkdtempSync(join(folder, 'run-'));
    const places = { TMPDIR: this.#temporary, TMP: this.#temporary, TEMP: this.#temporary };
    this.#child = spawn(program, [], {
      cwd: folder,
      env: { ...environment, ...places },
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const ended = (): void => {
      if (this.#gone) return;
      this.#gone = true;
      rmSync(this.#temporary, { recursive: true, force: true });
      listener.ended();
    };
    this.#child.once('exit', ended);
    this.#child.once('error', ended);
    // A helper that ends while it is written to is told by its end.
    this.#child.stdin?.on('error', () => undefined);
    if (this.#child.stdout) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => hear(line, listener));
    }
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: HelperMessage): void {
    if (!this.#gone) this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  dispose(): void {
    if (this.#gone) return;
    this.send({ type: 'exit' });
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patience);
    this.#child.once('exit', () => clearTimeout(timer));
  }
}

function hear(line: string, listener: HelperListener): void {
  const { type, __id: number, item } = fields(parsed(line));
  const { title } = fields(item);
  if (type === 'ready') listener.ready();
  else if (type === 'clicked' && typeof number === 'number') listener.clicked(number, String(title));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
