import type { AddCommand } from '../add-command.js';
import { askRunning } from '../ask-running.js';

/** `sigill quit` */
export const addQuit: AddCommand = (program, texts, context) => {
  program
    .command('quit')
    .description(texts.text('help.quit'))
    .action(async () => {
      const here = context();
      await askRunning(here, { kind: 'quit' });
      here.say.answer({ ended: true }, () => [texts.text('quit.done')]);
    });
};
