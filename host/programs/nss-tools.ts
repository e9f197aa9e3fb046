import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { Failure } from '@sigill/core';
import { steadyBytes } from '@sigill/core/card';
import type { Secret } from '../pin/secret.js';
import type { Workshop } from './workshop.js';

/** How one of NSS' tools ended. */
export interface ToolResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Milliseconds that a tool may take that asks nobody. */
const usual = 60_000;

export interface ToolOptions {
  /** Of the database. */
  readonly password?: Secret | undefined;
  /** Milliseconds. */
  readonly longest?: number;
}

/**
 * Runs `certutil` or `modutil` (Debian: libnss3-tools); undefined when it is not installed. The password of the database goes through a pipe:
 * it is in no argument, file or environment. Without a terminal of its own the tool can ask nobody.
 */
export async function runTool(
  tool: 'certutil' | 'modutil' | 'cmsutil',
  words: readonly string[],
  { environment, signal }: Pick<Workshop, 'environment' | 'signal'>,
  { password, longest = usual }: ToolOptions = {},
): Promise<ToolResult | undefined> {
  // Node's own pipes are sockets, which no path can open: `cat` makes a pipe of it.
  const [program, all] =
    password === undefined
      ? [tool, words]
      : ['/bin/sh', ['-c', 'cat <&3 | "$0" "$@" -f /dev/stdin 3<&-', tool, ...words]];
  const child = spawn(program, all, {
    env: { ...environment, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe', password === undefined ? 'ignore' : 'pipe'],
    detached: true,
    timeout: longest,
    ...(signal && { signal }),
    killSignal: 'SIGKILL',
  });
  if (password !== undefined) give(child.stdio[3] as Writable, password);
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return await new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(undefined);
      else reject(error.name === 'AbortError' ? new Failure('cancelled', {}) : error);
    });
    // 127 is the shell's word for a program that is missing.
    child.once('close', (code) => resolve(code === 127 ? undefined : { code: code ?? -1, output, errors }));
  });
}

const lineFeed = 0x0a;

function give(pipe: Writable, password: Secret): void {
  // The tool may end before it has read.
  pipe.on('error', () => {});
  password.lend((bytes) => {
    const line = steadyBytes(bytes.length + 1);
    line.set(bytes);
    line[bytes.length] = lineFeed;
    pipe.end(line, () => line.fill(0));
  });
}
