import type { Command } from 'commander';
import { Failure } from '@sigill/core';
import { askResident } from '../../resident/ask-resident.js';
import type { Context } from '../context.js';
import type { AddCommand } from '../add-command.js';
import { startOr } from '../start-or.js';
import type { StayOptions } from '../stay.js';

/** `sigill` alone, or `sigill start [--headless] [--background]` */
export const addStart: AddCommand = (program: Command, texts, context) => {
  program
    .command('start', { isDefault: true })
    .description(texts.text('help.start'))
    .argument('[words...]')
    .option('--headless', texts.text('help.start.headless'))
    .option('--background', texts.text('help.start.background'))
    .action(async (words: readonly string[], options: StayOptions) => {
      // This is what runs when no command has the first word.
      const [word] = words;
      if (word !== undefined) throw new Failure('usage', { why: texts.text('usage.unknown-command', { item: word }) });
      await start(context(), options);
    })
    .usage(texts.text('help.usage-options'));
};

async function start(here: Context, options: StayOptions): Promise<void> {
  const { say, texts } = here;
  const opened = await startOr(here, options, (socket) => askResident(socket, { kind: 'open' }));
  if (opened) say.answer({ started: false, opened }, () => say.sentence(texts.text('start.opened')));
}
