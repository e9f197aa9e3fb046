import { Failure } from '@sigill/core';
import { unlessAborted } from './turns.js';

/** A terminal's input, as `process.stdin` and `tty.ReadStream` are. */
export interface TerminalInput {
  readonly isRaw?: boolean;
  setRawMode(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'end', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The part of `process` that tells of the program's end. */
export type Endings = Pick<NodeJS.Process, 'once' | 'off' | 'kill' | 'pid'>;

const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Lends a terminal without echo for the length of `use`, which takes byte after byte. The terminal is as before
 * afterwards, also when a signal ends the program; what was typed and not taken is wiped.
 */
export async function withRawTerminal<T>(
  input: TerminalInput,
  endings: Endings,
  use: (next: (signal: AbortSignal) => Promise<number>) => Promise<T>,
): Promise<T> {
  const chunks: Uint8Array[] = [];
  let ended = false;
  let wake = (): void => {};
  const data = (chunk: Uint8Array): void => {
    chunks.push(chunk);
    wake();
  };
  const end = (): void => {
    ended = true;
    wake();
  };
  const before = input.isRaw ?? false;
  const restore = (): void => void input.setRawMode(before);
  const byEnding = deadly.map((name) => {
    const handler = (): void => {
      restore();
      // Our listener is gone (`once`), so the signal now does what it would have done.
      endings.kill(endings.pid, name);
    };
    return { name, handler };
  });

  const next = async (signal: AbortSignal): Promise<number> => {
    for (;;) {
      if (signal.aborted) throw new Failure('cancelled', {});
      const chunk = chunks[0];
      if (chunk !== undefined && chunk.length > 0) {
        const byte = chunk[0] ?? 0;
        chunk[0] = 0;
        chunks[0] = chunk.subarray(1);
        return byte;
      }
      if (chunk !== undefined) chunks.shift();
      else if (ended) throw new Failure('cancelled', {});
      else await unlessAborted(new Promise<void>((resolve) => (wake = resolve)), signal);
    }
  };

  endings.once('exit', restore);
  for (const { name, handler } of byEnding) endings.once(name, handler);
  input.setRawMode(true);
  input.on('data', data);
  input.on('end', end);
  input.resume();
  try {
    return await use(next);
  } finally {
    input.off('data', data);
    input.off('end', end);
    input.pause();
    restore();
    endings.off('exit', restore);
    for (const { name, handler } of byEnding) endings.off(name, handler);
    for (const chunk of chunks) chunk.fill(0);
  }
}
