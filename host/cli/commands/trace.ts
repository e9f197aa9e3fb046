import type { Command } from 'commander';
import { Failure } from '@sigill/core';
import type { Texts } from '../../messages/texts.js';
import type { Context } from '../context.js';
import type { Sink } from '../open-host.js';
import type { Options } from '../options.js';

/** `sigill trace COMMAND…`: `build` makes the command line in which COMMAND runs, its APDUs going to the sink. */
export function addTrace(
  program: Command,
  texts: Texts,
  context: () => Context,
  build: (trace: Sink, given: Options) => Command,
): void {
  program
    .command('trace')
    .description(texts.text('help.trace'))
    .argument('[COMMAND...]', texts.text('help.trace.command'))
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      if (words.length === 0 || words[0] === 'trace') throw new Failure('usage', { why: texts.text('usage.trace') });
      const { io, options } = context();
      // Beside the answer, which stays one JSON document on standard output.
      const trace: Sink = (line) => io.errors.write(`${line}\n`);
      await build(trace, options).parseAsync([...words], { from: 'user' });
    });
}
