import { homedir } from 'node:os';
import type { Io } from './io.js';
import { main } from './main.js';

/** Milliseconds that a reader's driver may keep the finished program alive. */
const linger = 1_000;

/** The program `sigill`: the process as it is, and its exit code. */
export async function run(): Promise<void> {
  const ending = new AbortController();
  // The first one ends what is going on in good order; the second finds no listener and ends the process.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const io: Io = {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    endings: process,
    signal: ending.signal,
  };
  process.exitCode = await main(process.argv.slice(2), io);
  setTimeout(() => process.exit(), linger).unref();
}

/** `sigill cards | head -1` is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
