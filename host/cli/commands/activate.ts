import type { AddCommand } from '../add-command.js';

/** `sigill activate` */
export const addActivate: AddCommand = (program, texts, context) => {
  program
    .command('activate')
    .description(texts.text('help.activate'))
    .action(async () => (await import('../actions/activate-card.js')).activateCard(context()));
};
