import type { CommandArguments, CommandResult, DocumentId } from '@sigill/core';
import { placeOf } from '../../place.js';
import { certificateEndings } from '../messages-panel.js';
import { idsIn, wordIn } from './mail-file.js';
import type { MailWork } from './work.js';

type Work = (work: MailWork, args: CommandArguments) => Promise<CommandResult>;

const works: ReadonlyMap<string, () => Promise<Work>> = new Map([
  ['verify', async () => (await import('./verify-message.js')).verifyMessage],
  ['decrypt', async () => (await import('./decrypt-message.js')).decryptMessage],
  ['sign', async () => (await import('./sign-message.js')).signMessage],
  ['encrypt', async () => (await import('./encrypt-message.js')).encryptMessage],
]);

/** Works on what a person gave in one heap: mails, and certificates of recipients (`what` `encrypt`) or of authorities (`verify`); `older` for older readers. */
export async function onMessages(work: MailWork, args: CommandArguments): Promise<CommandResult> {
  const mails: DocumentId[] = [];
  const certificates: DocumentId[] = [];
  for (const id of idsIn(args, 'documents')) {
    const { name } = await work.documents.info(id);
    (isCertificate(name) ? certificates : mails).push(id);
  }
  const chosen = works.get(wordIn(args, 'what') ?? '');
  if (mails.length === 0 || chosen === undefined) return { messages: [{ key: 'smime.no-mail' }] };
  const run = await chosen();
  return await run(work, {
    documents: mails,
    recipients: certificates,
    trust: certificates,
    in: placeOf(args),
    ...(args['older'] === true && { cipher: 'cbc' }),
  });
}

function isCertificate(name: string): boolean {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return certificateEndings.some((one) => one === ending);
}
