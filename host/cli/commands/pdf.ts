import type { Command } from 'commander';
import type { Texts } from '../../messages/texts.js';
import type { AddCommand } from '../add-command.js';
import type { ExtendOptions } from '../actions/pdf-extend.js';
import type { SignOptions } from '../actions/pdf-sign.js';
import type { VerifyOptions } from '../actions/pdf-verify.js';

/** `sigill pdf sign|verify|extend FILE…` */
export const addPdf: AddCommand = (program, texts, context) => {
  const group = program.command('pdf').description(texts.text('help.pdf')).helpCommand(false);
  lasting(onFiles(group, 'sign', texts), texts)
    .option('--cert <ID>', texts.text('help.pdf.cert'))
    .option('--reason <TEXT>', texts.text('help.pdf.reason'))
    .option('--location <TEXT>', texts.text('help.pdf.location'))
    .option('--certify <N>', texts.text('help.pdf.certify'))
    .option('--field <NAME>', texts.text('help.pdf.field'))
    .option('--place <PAGE,X,Y,W,H>', texts.text('help.pdf.place'))
    .option('--image <FILE>', texts.text('help.pdf.image'))
    .option('--format <KIND>', texts.text('help.pdf.format'))
    .option('--pss', texts.text('help.pdf.pss'))
    .option('--dry-run', texts.text('help.pdf.dry-run'))
    .option('--no-open', texts.text('help.pdf.no-open'))
    .action(async (files: string[], options: SignOptions) =>
      (await import('../actions/pdf-sign.js')).signPdf(context(), files, options),
    );
  onFiles(group, 'verify', texts)
    .option('--trust <FILE>', texts.text('help.pdf.trust'))
    .action(async (files: string[], options: VerifyOptions) =>
      (await import('../actions/pdf-verify.js')).verifyPdf(context(), files, options),
    );
  lasting(onFiles(group, 'extend', texts), texts).action(async (files: string[], options: ExtendOptions) =>
    (await import('../actions/pdf-extend.js')).extendPdf(context(), files, options),
  );
};

function onFiles(group: Command, name: 'sign' | 'verify' | 'extend', texts: Texts): Command {
  return group
    .command(name)
    .description(texts.text(`help.pdf.${name}`))
    .argument('<FILE...>', texts.text('help.pdf.files'))
    .option('--password-file <FILE>', texts.text('help.pdf.password-file'));
}

function lasting(command: Command, texts: Texts): Command {
  return command
    .option('--level <LEVEL>', texts.text('help.pdf.level'))
    .option('--tsa <URL>', texts.text('help.pdf.tsa'))
    .option('--out <PATH>', texts.text('help.pdf.out'));
}
