import { Failure } from '@sigill/core';
import type { Keys } from './keys.js';
import type { Secret } from './secret.js';
import { SecretLine } from './secret-line.js';

export interface TypedLine {
  /** What was pressed before belongs to the line before. */
  readonly keys: Keys;
  readonly next: (signal: AbortSignal) => Promise<number>;
  readonly output: { write(text: string): unknown };
  /** Bytes that it keeps. */
  readonly capacity?: number;
}

/** Reads one line of a terminal, showing a dot for each character. Fails with `cancelled`. */
export async function typedLine({ keys, next, output, capacity }: TypedLine, signal: AbortSignal): Promise<Secret> {
  const line = new SecretLine(capacity);
  try {
    for (;;) {
      const key = keys.read(await next(signal));
      if (key?.kind === 'byte' && line.add(key.byte)) output.write('•');
      if (key?.kind === 'erase' && line.erase()) output.write('\b \b');
      if (key?.kind === 'clear') while (line.erase()) output.write('\b \b');
      if (key?.kind === 'cancel') throw new Failure('cancelled', {});
      if (key?.kind === 'enter') return line.take();
    }
  } finally {
    line.wipe();
    output.write('\n');
  }
}
