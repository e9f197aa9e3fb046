import { askResident } from '../../resident/ask-resident.js';
import { socketPlace } from '../../resident/socket-place.js';
import type { Context } from '../context.js';
import type { AddCommand } from '../program.js';

/** `sigill window [--print]` */
export const addWindow: AddCommand = (program, texts, context) => {
  program
    .command('window')
    .description(texts.text('help.window'))
    .option('--print', texts.text('help.window.print'))
    .action(async ({ print = false }: { readonly print?: boolean }) => {
      const here = context();
      const { address } = await askResident(socketOf(here), { kind: print ? 'print' : 'open' });
      if (address === undefined) here.say.answer({ opened: true }, () => [texts.text('window.opened')]);
      else here.say.answer({ address }, () => [address]);
    });
};

/** Where the host that runs is asked. */
export function socketOf({ paths, io }: Context): string {
  return socketPlace(paths.runtime, io.platform).socket;
}
