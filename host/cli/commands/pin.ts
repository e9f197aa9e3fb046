import type { AddCommand } from '../add-command.js';

const operations = ['verify', 'change', 'unlock'] as const;

/** `sigill pin verify|change|unlock PIN1|PIN2` */
export const addPin: AddCommand = (program, texts, context) => {
  const group = program.command('pin').description(texts.text('help.pin')).helpCommand(false);
  for (const operation of operations) {
    group
      .command(operation)
      .description(texts.text(`help.pin.${operation}`))
      .argument('<PIN>', texts.text('help.pin.which'))
      .action(async (word: string) => (await import('../actions/use-pin.js')).usePin(context(), operation, word))
      .addHelpText('after', operation === 'unlock' ? `\n${texts.text('next.no-puk')}` : '');
  }
};
