import type { AddCommand } from '../add-command.js';

/** `sigill pdf window FILE…`: how file managers start it. */
export const addPdfWindow: AddCommand = (program, texts, context) => {
  const group = program.commands.find((command) => command.name() === 'pdf') ?? program.command('pdf');
  group
    .command('window')
    .description(texts.text('help.pdf.window'))
    .argument('<FILE...>', texts.text('help.pdf.files'))
    .action(async (files: string[]) => (await import('../actions/pdf-window.js')).showInWindow(context(), files));
};
