import { Readable } from 'node:stream';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ManualClock } from '../../test/plugins/manual-clock.js';
import { Allowance } from './allowance.js';
import { outputLines } from './output-lines.js';

async function heard(burst: number, ...chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)));
  outputLines(stream, new Allowance({ burst, perSecond: 1 }, new ManualClock()), (line) => lines.push(line));
  await once(stream, 'end');
  return lines;
}

it('lines are put together from pieces, characters too, and the last needs no end', async () => {
  const word = Buffer.from('å\nb');
  expect(await heard(9, 'one\ntw', 'o\n\n', word.subarray(0, 1), word.subarray(1))).toEqual(['one', 'two', 'å', 'b']);
});

it('a line is cut, and one without end is not kept', async () => {
  expect(await heard(9, 'x'.repeat(5_000), 'y\n')).toEqual([`${'x'.repeat(1_000)}…`]);
});

it('lines beyond the allowance are counted', async () => {
  expect(await heard(2, 'a\nb\nc\nd\n')).toEqual(['a', 'b', '(2 lines left out)']);
});
