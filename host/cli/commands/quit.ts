import { askResident } from '../../resident/ask-resident.js';
import type { AddCommand } from '../add-command.js';
import { socketOf } from '../socket-of.js';

/** `sigill quit` */
export const addQuit: AddCommand = (program, texts, context) => {
  program
    .command('quit')
    .description(texts.text('help.quit'))
    .action(async () => {
      const here = context();
      await askResident(socketOf(here), { kind: 'quit' });
      here.say.answer({ ended: true }, () => [texts.text('quit.done')]);
    });
};
