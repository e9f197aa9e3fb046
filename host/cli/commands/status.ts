import type { AddCommand } from '../add-command.js';
import { askRunning } from '../ask-running.js';

/** `sigill status` */
export const addStatus: AddCommand = (program, texts, context) => {
  program
    .command('status')
    .description(texts.text('help.status'))
    .action(async () => {
      const here = context();
      const { status } = await askRunning(here, { kind: 'status' });
      if (status === undefined) return;
      const { version, memory, readers } = status;
      const line = { version, pid: String(status.pid), memory: Math.round(memory / 1_000_000) };
      here.say.answer(status, () => [
        texts.text('status.line', line),
        ...readers.map(({ name, state }) => `  ${name}: ${texts.text(`reader.${state}`)}`),
      ]);
    });
};
