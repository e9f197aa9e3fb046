import type { MailOptions } from '../actions/mail.js';
import type { MailMessageOptions } from '../actions/mail-message.js';
import type { AddCommand } from '../add-command.js';

const operations = ['plan', 'apply', 'check', 'undo'] as const;

const onMails = ['sign', 'encrypt', 'decrypt', 'verify'] as const;

/** `sigill mail plan|apply|check|undo`, and `sigill mail sign|encrypt|decrypt|verify FILE…` */
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
  for (const operation of onMails) {
    const command = group
      .command(operation)
      .description(texts.text(`help.mail.message.${operation}`))
      .argument('<FILE...>', texts.text('help.mail.message.files'));
    if (operation === 'verify') command.option('--trust <FILE>', texts.text('help.mail.message.trust'));
    else command.option('--out <PATH>', texts.text('help.pdf.out'));
    if (operation === 'sign') {
      command.option('--cert <ID>', texts.text('help.pdf.cert'));
      command.option('--opaque', texts.text('help.mail.message.opaque'));
    }
    if (operation === 'encrypt') {
      command.option('--to <FILE>', texts.text('help.mail.message.to'), collect);
      command.option('--cbc', texts.text('help.mail.message.cbc'));
      command.option('--oaep', texts.text('help.mail.message.oaep'));
    }
    command.action(async (files: string[], options: MailMessageOptions) =>
      (await import('../actions/mail-message.js')).workOnMail(context(), operation, files, options),
    );
  }
};

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
