import type { AddCommand } from '../add-command.js';

/** `sigill cards [--watch] [--all]` */
export const addCards: AddCommand = (program, texts, context) => {
  program
    .command('cards')
    .description(texts.text('help.cards'))
    .option('--watch', texts.text('help.cards.watch'))
    .option('--all', texts.text('help.cards.all'))
    .action(async (options) => (await import('../actions/show-cards.js')).showCards(context(), options));
};
