import { Failure } from '@sigill/core';
import { Keys } from '../pin/keys.js';
import { withRawTerminal } from '../pin/raw-terminal.js';
import type { Secret } from '../pin/secret.js';
import { SecretLine } from '../pin/secret-line.js';
import type { Io } from './io.js';

/** Asks `question` at the terminal and reads one line of at most `most` bytes, a dot for each character. Fails with `cancelled`. */
export async function typedLine(
  { input, errors, endings, signal }: Pick<Io, 'input' | 'errors' | 'endings' | 'signal'>,
  question: string,
  most: number,
): Promise<Secret> {
  const keys = new Keys();
  const line = new SecretLine(most);
  try {
    return await withRawTerminal(input, endings, async (next) => {
      // Not before: what is typed at once would be echoed.
      errors.write(`${question} `);
      for (;;) {
        const key = keys.read(await next(signal));
        if (key?.kind === 'byte' && line.add(key.byte)) errors.write('•');
        if (key?.kind === 'erase' && line.erase()) errors.write('\b \b');
        if (key?.kind === 'clear') while (line.erase()) errors.write('\b \b');
        if (key?.kind === 'cancel') throw new Failure('cancelled', {});
        if (key?.kind === 'enter') return line.take();
      }
    });
  } finally {
    line.wipe();
    errors.write('\n');
  }
}
