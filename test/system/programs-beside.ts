import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

/** p11-kit's module, which programs load. */
export const module = '/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so';

/** What a program said and how it ended. */
export interface Outcome {
  readonly exit: number;
  readonly text: string;
}

/** Debian's programs, in a folder that goes away with them. */
export interface ProgramsBeside {
  /** Runs a program to its end; it has no terminal. */
  run(program: string, ...args: readonly string[]): Promise<Outcome>;
  /** As `run`, for a program that is to end well: what it said. */
  well(program: string, ...args: readonly string[]): Promise<string>;
  /** Starts a program that stays; ended with the others. */
  start(program: string, ...args: readonly string[]): ChildProcessWithoutNullStreams;
  /** pkcs11-tool with p11-kit's module. */
  tool(...args: readonly string[]): Promise<Outcome>;
  /** A path in the folder; with `content`, the file is written. */
  file(name: string, content?: Uint8Array | string): string;
  read(name: string): Buffer;
  close(): void;
}

/** Programs with this environment; their home is the folder unless it names another. */
export function programsBeside(environment: NodeJS.ProcessEnv): ProgramsBeside {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-desk-'));
  const children: ChildProcessWithoutNullStreams[] = [];
  const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8', ...environment };
  const run = (program: string, ...args: readonly string[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const options = { env, cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
      const child = execFile(program, args, options, (error, out, err) => {
        if (error && typeof error.code !== 'number') reject(new Error(`${program}: ${error.message}\n${out}${err}`));
        else resolve({ exit: typeof error?.code === 'number' ? error.code : 0, text: out + err });
      });
      child.stdin?.end();
    });
  return {
    run,
    async well(program, ...args) {
      const { exit, text } = await run(program, ...args);
      if (exit !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exit}: ${text}`);
      return text;
    },
    start(program, ...args) {
      const child = spawn(program, args, { env, cwd: folder });
      children.push(child);
      return child;
    },
    tool: (...args) => run('pkcs11-tool', '--module', module, ...args),
    file(name, content) {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content);
      return path;
    },
    read: (name) => readFileSync(join(folder, name)),
    close() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A digest, for programs that want one. */
export const digest = (hash: string, data: Uint8Array): Uint8Array => createHash(hash).update(data).digest();
