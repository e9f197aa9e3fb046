import { Keys } from '../pin/keys.js';
import { withRawTerminal } from '../pin/raw-terminal.js';
import type { Secret } from '../pin/secret.js';
import { typedLine } from '../pin/typed-line.js';
import type { Io } from './io.js';

/** Asks `question` at the terminal and reads one line of at most `capacity` bytes, a dot for each character. Fails with `cancelled`. */
export async function askLine(
  { input, errors, endings, signal }: Pick<Io, 'input' | 'errors' | 'endings' | 'signal'>,
  question: string,
  capacity: number,
): Promise<Secret> {
  return await withRawTerminal(input, endings, (next) => {
    // Not before: what is typed at once would be echoed.
    errors.write(`${question} `);
    return typedLine({ keys: new Keys(), next, output: errors, capacity }, signal);
  });
}
