import type { AddCommand } from '../add-command.js';

/** `sigill journal show|verify|export FILE` */
export const addJournal: AddCommand = (program, texts, context) => {
  const group = program.command('journal').description(texts.text('help.journal')).helpCommand(false);
  group
    .command('show')
    .description(texts.text('help.journal.show'))
    .action(async () => (await import('../actions/show-journal.js')).showJournal(context()));
  group
    .command('verify')
    .description(texts.text('help.journal.verify'))
    .option('--last <SHA256>', texts.text('help.journal.last'))
    .action(async ({ last }: { last?: string }) =>
      (await import('../actions/verify-journal.js')).verifyOwnJournal(context(), last),
    );
  group
    .command('export')
    .description(texts.text('help.journal.export'))
    .argument('<FILE>', texts.text('help.journal.file'))
    .action(async (file: string) => (await import('../actions/export-journal.js')).exportJournal(context(), file));
};
