import type { AddCommand } from '../add-command.js';
import { askRunning } from '../ask-running.js';

/** `sigill window [--print]` */
export const addWindow: AddCommand = (program, texts, context) => {
  program
    .command('window')
    .description(texts.text('help.window'))
    .option('--print', texts.text('help.window.print'))
    .action(async ({ print = false }: { readonly print?: boolean }) => {
      const here = context();
      const { address } = await askRunning(here, { kind: print ? 'print' : 'open' });
      if (address === undefined) here.say.answer({ opened: true }, () => [texts.text('window.opened')]);
      else here.say.answer({ address }, () => [address]);
    });
};
