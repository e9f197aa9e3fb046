import type { CommandArguments, CommandResult, Message } from '@sigill/core';
import { sentences } from '../../messages/sentences.js';
import type { GivenDocuments } from '../../reach/given-documents.js';
import type { ReachedHost } from '../../reach/reached-host.js';
import type { Context } from '../context.js';
import { Ended } from '../ended.js';
import { exitCodes } from '../exit-code.js';
import { readIfThere } from '../read-if-there.js';
import { followCommand } from '../run-plugin-command.js';
import { withDocuments } from '../with-documents.js';
import { endDocuments, tellDocuments } from './pdf-answer.js';

/** As commander reads them. */
export interface MailMessageOptions {
  readonly cert?: string;
  readonly opaque?: boolean;
  /** Files with certificates of recipients, or signed mails of theirs. */
  readonly to?: readonly string[];
  readonly cbc?: boolean;
  readonly oaep?: boolean;
  readonly trust?: string;
  readonly out?: string;
}

const mailPlugin = '@sigill-plugin/email';

/** Signs, encrypts, opens or checks mails that lie in files. A check ends with 0 only when all are good, and with 4 when one is wrong. */
export async function workOnMail(
  context: Context,
  operation: 'sign' | 'encrypt' | 'decrypt' | 'verify',
  files: readonly string[],
  options: MailMessageOptions,
): Promise<void> {
  const others = [...(options.to ?? []), ...(options.trust === undefined ? [] : [options.trust])];
  const command = `email.${operation}-message`;
  await context.withHost(async (host) => {
    await readIfThere(host, context.io.signal);
    await withDocuments(
      host,
      mailPlugin,
      [...files, ...others],
      async (given) => {
        const args = argumentsOf(options, given.ids.slice(0, files.length), given.ids.slice(files.length));
        const result = await followCommand(context, host, command, args);
        if (operation === 'verify') await tellVerdicts(context, host, command, result, given);
        else endDocuments(context, [tellDocuments(context, await host.texts(command), result, given)]);
      },
      { out: options.out },
    );
  }, mailPlugin);
}

function argumentsOf(
  { cert, opaque, cbc, oaep, to = [], trust }: MailMessageOptions,
  documents: readonly string[],
  others: readonly string[],
): CommandArguments {
  const anchors = trust === undefined ? undefined : others[to.length];
  return {
    documents,
    recipients: others.slice(0, to.length),
    ...(cert !== undefined && { certificate: cert }),
    ...(opaque === true && { opaque }),
    ...(cbc === true && { cipher: 'cbc' }),
    ...(oaep === true && { padding: 'oaep' }),
    ...(anchors !== undefined && { trust: anchors }),
  };
}

interface Verified {
  readonly document: string;
  readonly state: string;
  readonly verdict?: 'valid' | 'invalid' | 'uncertain' | 'unsigned';
  readonly messages: readonly Message[];
}

async function tellVerdicts(
  { say, texts }: Context,
  host: ReachedHost,
  command: string,
  { data }: CommandResult,
  given: GivenDocuments,
): Promise<void> {
  const own = await host.texts(command);
  const { documents = [] } = (data ?? {}) as unknown as { readonly documents?: readonly Verified[] };
  const told = documents.map(({ messages, ...one }) => ({
    ...one,
    file: given.path(one.document),
    text: sentences(messages, own, texts),
  }));
  say.answer({ documents: told }, () => told.flatMap(({ text }) => text).flatMap((line) => say.sentence(line)));
  const verdicts = documents.map(({ verdict }) => verdict);
  if (verdicts.includes('invalid')) throw new Ended(exitCodes.wrong);
  if (verdicts.some((verdict) => verdict !== 'valid')) throw new Ended(exitCodes.other);
}
