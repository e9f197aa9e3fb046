import type { AddCommand } from '../add-command.js';

/** `sigill simulate CARD [--state S] --vpcd HOST:PORT [--file F]`, `sigill simulate --ca`, `sigill simulate --remove|--insert [READER]` */
export const addSimulate: AddCommand = (program, texts, context) => {
  program
    .command('simulate')
    .description(texts.text('help.simulate'))
    .argument('[CARD]', texts.text('help.simulate.card'))
    .option('--state <STATE>', texts.text('help.simulate.state'))
    .option('--vpcd <HOST:PORT>', texts.text('help.simulate.vpcd'))
    .option('--file <FILE>', texts.text('help.simulate.file'))
    .option('--ca', texts.text('help.simulate.ca'))
    .option('--remove [READER]', texts.text('help.simulate.remove'))
    .option('--insert [READER]', texts.text('help.simulate.insert'))
    .action(async (name: string | undefined, options) =>
      (await import('../actions/simulate-card.js')).simulateCard(context(), name, options),
    );
};
