import { homedir } from 'node:os';
import { exitCodes } from './exit-code.js';
import { FootedOutput } from './footed-output.js';
import type { Io } from './io.js';
import { main } from './main.js';

/** Milliseconds that a reader's driver may keep the finished program alive. */
const linger = 1_000;

/** Signals that end a command in good order. */
const orderly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The program `sigill`: the process as it is, and its exit code. */
export async function run(): Promise<void> {
  const ending = new AbortController();
  // The first one ends what is going on in good order; the second finds no listener and ends the process.
  for (const name of orderly) process.once(name, () => ending.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const io: Io = {
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    input: process.stdin,
    output: process.stdout,
    errors: new FootedOutput(process.stderr),
    endings: {
      pid: process.pid,
      once: process.once.bind(process),
      off: process.off.bind(process),
      // A prompt passes a signal on once the terminal is as before; these are answered already.
      kill: (pid, name) => orderly.some((one) => one === name) || process.kill(pid, name),
    },
    signal: ending.signal,
  };
  // What is waited for and can never come ends the process without a word from us: that is not success.
  process.exitCode = exitCodes.other;
  process.exitCode = await main(process.argv.slice(2), io);
  setTimeout(() => process.exit(), linger).unref();
}

/** `sigill cards | head -1` is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
