import type { AddCommand } from '../add-command.js';

/** `sigill integrate [--remove] [--all]` */
export const addIntegrate: AddCommand = (program, texts, context) => {
  program
    .command('integrate')
    .description(texts.text('help.integrate'))
    .option('--remove', texts.text('help.integrate.remove'))
    .option('--all', texts.text('help.integrate.all'))
    .action(async (wishes: { readonly remove?: boolean; readonly all?: boolean }) =>
      (await import('../actions/integrate-menus.js')).integrateMenus(context(), wishes),
    );
};
