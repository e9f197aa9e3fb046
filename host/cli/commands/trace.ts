import type { Command } from 'commander';
import { Failure } from '@sigill/core';
import type { Texts } from '../../messages/texts.js';
import type { Context } from '../context.js';
import type { Io } from '../io.js';
import type { Sink } from '../open-host.js';
import type { Options } from '../options.js';

/** Makes the command line in which a traced command runs: where its answer goes, where its APDUs go, and the options given outside. */
export type BuildTraced = (io: Io, trace: Sink, given: Options) => Command;

/** `sigill trace COMMAND…` */
export function addTrace(program: Command, texts: Texts, context: () => Context, build: BuildTraced): void {
  program
    .command('trace')
    .description(texts.text('help.trace'))
    .argument('[COMMAND...]', texts.text('help.trace.command'))
    .allowUnknownOption()
    .action(async (words: readonly string[]) => {
      if (words.length === 0 || words[0] === 'trace') throw new Failure('usage', { why: texts.text('usage.trace') });
      const here = context();
      const run = (io: Io, trace: Sink) => build(io, trace, here.options).parseAsync([...words], { from: 'user' });
      if (here.say.json) await document(here, run);
      else await run(here.io, (line) => here.say.lines([here.say.paint.faint(line)]));
    });
}

/** One document: the APDUs, and what the command answered if it came so far. */
async function document({ io, say }: Context, run: (io: Io, trace: Sink) => Promise<unknown>): Promise<void> {
  const apdus: string[] = [];
  let answer = '';
  const output = { write: (text: string | Uint8Array) => (answer += String(text)) };
  try {
    await run({ ...io, output }, (line) => apdus.push(line));
  } finally {
    say.answer({ apdus, ...(answer === '' ? {} : { answer: JSON.parse(answer) as unknown }) }, () => []);
  }
}
