import type { AddCommand } from '../add-command.js';

/** `sigill cert export ID [--der] [--out FILE]` */
export const addCert: AddCommand = (program, texts, context) => {
  const group = program.command('cert').description(texts.text('help.cert')).helpCommand(false);
  group
    .command('export')
    .description(texts.text('help.cert.export'))
    .argument('<ID>', texts.text('help.cert.id'))
    .option('--der', texts.text('help.cert.der'))
    .option('--out <FILE>', texts.text('help.cert.out'))
    .action(async (id: string, options) =>
      (await import('../actions/export-certificate.js')).exportCertificate(context(), id, options),
    );
};
