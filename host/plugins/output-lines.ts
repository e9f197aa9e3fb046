import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Allowance } from './allowance.js';
import { cleanLine } from './clean-text.js';

const longest = 1_000;

/** Gives what a plugin writes line by line, each cut at 1000 characters; beyond the allowance lines are counted and left out. */
export function outputLines(stream: Readable, allowance: Allowance, heard: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let unfinished = '';
  let lost = 0;
  const tell = (line: string): void => {
    if (!allowance.tryUse(1)) {
      lost += 1;
      return;
    }
    if (lost > 0) heard(`(${lost} lines left out)`);
    lost = 0;
    heard(cleanLine(line, longest));
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = (unfinished + decoder.write(chunk)).split('\n');
    // One character more than is shown, so that the cut shows too.
    unfinished = (lines.pop() ?? '').slice(0, longest + 1);
    for (const line of lines) if (line !== '') tell(line);
  });
  stream.on('end', () => {
    if (unfinished !== '') tell(unfinished);
    if (lost > 0) heard(`(${lost} lines left out)`);
  });
  stream.on('error', () => {});
}
