import { chooseCard } from '../choose-card.js';
import type { AddCommand } from '../program.js';
import { runPluginCommand } from '../run-plugin-command.js';
import { readersNow } from '../settled-readers.js';

/** `sigill activate` */
export const addActivate: AddCommand = (program, texts, context) => {
  program
    .command('activate')
    .description(texts.text('help.activate'))
    .action(async () => {
      const here = context();
      await here.withHost(async (host) => {
        const readers = await readersNow(host, here.io.signal);
        const card = chooseCard(
          readers,
          here.options.reader,
          ({ activation }) => (activation?.missing.length ?? 0) > 0,
        );
        await runPluginCommand(here, host, 'activation.activate', { card: card.id });
      });
    });
};
