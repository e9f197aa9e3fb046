import type { CommandArguments } from '@sigill/core';
import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';
import { documentPasswords } from '../document-passwords.js';
import { followCommand } from '../run-plugin-command.js';
import { showFile } from '../show-file.js';
import { withDocuments } from '../with-documents.js';
import { pdfPlugin, tellDocuments } from './pdf-answer.js';
import { inGroups } from './pdf-groups.js';
import { readPassword } from './pdf-password.js';

/** As commander reads them. */
export interface SignOptions {
  readonly cert?: string;
  readonly level?: string;
  readonly tsa?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly certify?: string;
  readonly field?: string;
  readonly place?: string;
  readonly image?: string;
  readonly format?: string;
  readonly pss?: boolean;
  readonly dryRun?: boolean;
  readonly out?: string;
  readonly open: boolean;
  readonly passwordFile?: string;
}

/** Signs files with a certificate of a card; afterwards the signed file is shown. */
export async function signPdf(context: Context, files: readonly string[], options: SignOptions): Promise<void> {
  const { io, options: common } = context;
  const command = options.dryRun === true ? 'pdf-sign.examine' : 'pdf-sign.sign';
  const password = readPassword(options.passwordFile);
  const show = (paths: readonly string[]): void => {
    const [path] = paths;
    // One document is looked at; many are not thrown at anybody.
    if (path !== undefined && files.length === 1 && options.open && common.json !== true) showFile(context, path);
  };
  await context.withHost(async (host) => {
    // It starts while the cards are read.
    await host.plugin(pdfPlugin, 'start');
    const readers = await host.readers({ signal: io.signal });
    const card = common.reader === undefined ? undefined : chooseCard(readers, common.reader).id;
    const signed = await inGroups(context, files, (group) =>
      withDocuments(
        host,
        pdfPlugin,
        options.image === undefined ? group : [...group, options.image],
        async (given) => {
          const documents = given.ids.slice(0, group.length);
          const opened = password ? { password } : await documentPasswords(context, host, documents, given.path);
          const args = { ...argumentsOf(options, documents, given.ids[group.length], card), ...opened };
          const result = await followCommand(context, host, command, args);
          return tellDocuments(context, await host.texts(command), result, given);
        },
        { out: options.out, sign: true },
      ),
    );
    show(signed);
  }, pdfPlugin);
}

function argumentsOf(
  options: SignOptions,
  documents: readonly string[],
  image: string | undefined,
  card: string | undefined,
): CommandArguments {
  const { cert: certificate, level, tsa, reason, location, certify, field, place, format, pss } = options;
  const given = { certificate, level, tsa, reason, location, certify, field, place, format, image, card };
  const said = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return { documents, ...Object.fromEntries(said), ...(pss === true && { padding: 'PSS' }) };
}
