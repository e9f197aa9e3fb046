import type { MailOptions } from '../actions/mail.js';
import type { AddCommand } from '../add-command.js';

const operations = ['plan', 'apply', 'check', 'undo'] as const;

/** `sigill mail plan|apply|check|undo` */
export const addMail: AddCommand = (program, texts, context) => {
  const group = program.command('mail').description(texts.text('help.mail')).helpCommand(false);
  for (const operation of operations) {
    const command = group.command(operation).description(texts.text(`help.mail.${operation}`));
    if (operation === 'plan' || operation === 'apply')
      command.option('--trust <SHA256>', texts.text('help.mail.trust'), collect);
    if (operation === 'check') command.option('--sign', texts.text('help.mail.sign'));
    command.action(async (options: MailOptions) =>
      (await import('../actions/mail.js')).setUpMail(context(), operation, options),
    );
  }
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
