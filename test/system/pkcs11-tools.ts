import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { type Pkcs11Stage, pkcs11Stage } from '../pkcs11/stage.js';

/** p11-kit's module, which programs load. */
export const module = '/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so';

/** What a program said and how it ended. */
export interface Outcome {
  readonly exit: number;
  readonly text: string;
}

/** Programs of Debian's before a host with simulated cards. */
export interface Pkcs11Desk extends Pkcs11Stage {
  /** Runs a program to its end; it has a home of its own and no terminal. */
  run(program: string, ...args: readonly string[]): Promise<Outcome>;
  /** Starts a program that stays; ended with the desk. */
  start(program: string, ...args: readonly string[]): ChildProcess;
  /** pkcs11-tool with p11-kit's module. */
  tool(...args: readonly string[]): Promise<Outcome>;
  /** A path in the desk's folder; with `content`, the file is written. */
  file(name: string, content?: Uint8Array | string): string;
  read(name: string): Buffer;
}

/** Sets the desk up with a card in each reader. */
export async function pkcs11Desk(...cards: readonly string[]): Promise<Pkcs11Desk> {
  const stage = await pkcs11Stage(cards);
  const folder = mkdtempSync(join(tmpdir(), 'sigill-desk-'));
  const children: ChildProcess[] = [];
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder, ...stage.env };
  const run = (program: string, ...args: readonly string[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const options = { env, cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
      const child = execFile(program, args, options, (error, out, err) => {
        if (error && typeof error.code !== 'number') reject(new Error(`${program}: ${error.message}\n${out}${err}`));
        else resolve({ exit: typeof error?.code === 'number' ? error.code : 0, text: out + err });
      });
      child.stdin?.end();
    });
  const file = (name: string, content?: Uint8Array | string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  return {
    ...stage,
    run,
    start(program, ...args) {
      const child = spawn(program, args, { env, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
      children.push(child);
      return child;
    },
    tool: (...args) => run('pkcs11-tool', '--module', module, ...args),
    file,
    read: (name) => readFileSync(join(folder, name)),
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A digest, for programs that want one. */
export const digest = (hash: string, data: Uint8Array): Uint8Array => createHash(hash).update(data).digest();
