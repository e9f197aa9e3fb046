import type { AddCommand } from '../add-command.js';

/** `sigill key test ID` */
export const addKey: AddCommand = (program, texts, context) => {
  const group = program.command('key').description(texts.text('help.key')).helpCommand(false);
  group
    .command('test')
    .description(texts.text('help.key.test'))
    .argument('<ID>', texts.text('help.key.id'))
    .action(async (id: string) => (await import('../actions/try-key.js')).tryKey(context(), id));
};
