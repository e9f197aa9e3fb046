import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program as a person starts it. */
export const bin = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));

/** What a finished process left. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface RunOptions {
  /** Lines for standard input. */
  readonly input?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** A person's home: folders of its own for every XDG variable, gone after the test. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'sigill-e2e-'));

  /** The environment of a process in this home; nothing of ours goes in but the path. */
  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const at = (name: string): string => join(this.folder, name);
    return {
      PATH: process.env['PATH'],
      HOME: at('home'),
      XDG_CONFIG_HOME: at('config'),
      XDG_DATA_HOME: at('data'),
      XDG_STATE_HOME: at('state'),
      XDG_CACHE_HOME: at('cache'),
      XDG_RUNTIME_DIR: at('runtime'),
      LANG: 'C.UTF-8',
      ...more,
    };
  }

  /** Runs `sigill` to its end. */
  async sigill(args: readonly string[], { input = [], environment = {} }: RunOptions = {}): Promise<Ended> {
    const child = this.start(args, environment);
    child.stdin.on('error', () => {});
    child.stdin.end(input.map((line) => `${line}\n`).join(''));
    return await ended(child);
  }

  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [bin, ...args], { env: this.environment(environment), cwd: this.folder });
  }

  /** As `sigill`, for the document that it answers with. */
  async json<T>(args: readonly string[], options?: RunOptions): Promise<T> {
    const { code, output, errors } = await this.sigill([...args, '--json'], options);
    if (code !== 0) throw new Error(`sigill ${args.join(' ')} ended with ${code}: ${errors}`);
    return JSON.parse(output) as T;
  }

  /** Every file below the home: its path and its bytes. */
  files(): readonly (readonly [path: string, bytes: Buffer])[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(this.folder, path), readFileSync(path)]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Resolves when a process has ended and its streams are read. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() }),
    );
  });
}

/** Resolves when `words` have come on `stream`, with everything that came until then. */
export function shown(stream: NodeJS.ReadableStream, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (): void => reject(new Error(`ended without ${String(words)}: ${text}`));
    const data = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!words.test(text)) return;
      stream.off('data', data);
      stream.off('end', end);
      resolve(text);
    };
    stream.on('data', data);
    stream.once('end', end);
  });
}

/** The processes that `pid` has started and that run (Linux: /proc). */
export function childrenOf(pid: number): readonly number[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => startedByThread(join(tasks, task, 'children')));
}

function startedByThread(file: string): readonly number[] {
  try {
    return readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch (error) {
    // The thread has ended since it was listed.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Resolves with the children of `pid` once it has some: its plugins. */
export function startedBy(pid: number): Promise<readonly number[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const children = childrenOf(pid);
      if (children.length > 0) resolve(children);
      else setImmediate(look);
    };
    look();
  });
}

/** The part of the document of `sigill cards` that tests look at. */
export interface CardsDocument {
  readonly readers: readonly {
    readonly name: string;
    readonly state: string;
    readonly card?: {
      readonly profile: string;
      readonly label: string;
      readonly serial?: string;
      readonly holder?: string;
      readonly pins: readonly PinDocument[];
      readonly puk?: PinDocument;
      readonly certificates: readonly CertificateDocument[];
      readonly caCertificates?: readonly CertificateDocument[];
      readonly keys?: readonly { readonly id: string; readonly pin?: string }[];
    };
  }[];
}

export interface PinDocument {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly triesLeft: number;
  readonly triesMax: number;
  readonly minLength: number;
  readonly maxLength: number;
}

export interface CertificateDocument {
  readonly id: string;
  readonly label: string;
  readonly sha256: string;
  readonly key: { readonly algorithm: string; readonly size: number; readonly pin?: string };
}

/** Tries left of each code of the card in the first reader: `PIN1 5, PIN2 3, PUK 5`. */
export async function tries(home: Home, simulate: string): Promise<string> {
  const { readers } = await home.json<CardsDocument>(['--simulate', simulate, 'cards']);
  const { pins = [], puk } = readers[0]?.card ?? {};
  return [...pins, ...(puk ? [puk] : [])].map(({ id, triesLeft }) => `${id} ${triesLeft}`).join(', ');
}
