import type { AddCommand } from '../add-command.js';

/** `sigill demo [--slow]` */
export const addDemo: AddCommand = (program, texts, context) => {
  program
    .command('demo')
    .description(texts.text('help.demo'))
    .option('--slow', texts.text('help.demo.slow'))
    .action(async (options) => (await import('../actions/show-demo.js')).showDemo(context(), options));
};
