import type { AddCommand } from '../add-command.js';

/** `sigill plugins` */
export const addPlugins: AddCommand = (program, texts, context) => {
  program
    .command('plugins')
    .description(texts.text('help.plugins'))
    .action(async () => (await import('../actions/list-plugins.js')).listPlugins(context()));
};
