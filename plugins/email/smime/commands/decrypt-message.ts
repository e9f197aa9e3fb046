import {
  type CommandArguments,
  type CommandResult,
  type DocumentId,
  Failure,
  isFailure,
  type Message,
} from '@sigill/core';
import { decryptMail, envelopeIn } from '../decrypt-mail.js';
import { meantFor, type OwnKey } from '../envelope/open-envelope.js';
import type { RsaPadding } from '../envelope/rsa-transport.js';
import { MailError } from '../mail-error.js';
import { deliverMail, placeFor, readFile } from './mail-file.js';
import { eachMail, type MailOutcome } from './mail-answer.js';
import { type OwnCertificate, ownCertificates } from './own-certificates.js';
import type { MailWork } from './work.js';

/** Opens mails with a card: `documents`. The host asks for the PIN, once for each. */
export async function decryptMessage(work: MailWork, args: CommandArguments): Promise<CommandResult> {
  const own = await ownCertificates(work.cards);
  if (own.length === 0) throw new Failure('no-card', {});
  return await eachMail(work.documents, args, (document, name) => decryptOne(work, own, document, name));
}

async function decryptOne(
  work: MailWork,
  own: readonly OwnCertificate[],
  document: DocumentId,
  name: string,
): Promise<MailOutcome> {
  const { documents } = work;
  const mail = await readFile(documents, document);
  const keys = own.map((one) => keyOf(work, one));
  if (meantFor(envelopeIn(mail).envelope, keys).length === 0) throw new MailError('not-for-us');
  const draft = await placeFor(documents, document);
  const { mail: plain, authenticated, signedOutside } = await decryptMail(mail, keys);
  const result = await deliverMail(documents, draft, plain, 'decrypted', { kind: 'S/MIME' });
  const notes: Message[] = [
    ...(authenticated ? [] : [{ key: 'smime.note.unprotected' }]),
    ...(signedOutside ? [{ key: 'smime.note.signed-outside' }] : []),
  ];
  const done = { key: 'smime.done.decrypted', values: { name, result: result.name } };
  return { state: 'decrypted', result, messages: [done, ...notes], more: { authenticated } };
}

function keyOf({ decrypting }: MailWork, { card, certificate, facts }: OwnCertificate): OwnKey {
  const key = certificate.id;
  return {
    certificate: facts,
    decryptKey: (cryptogram, padding) =>
      orWrong(decrypting.decipher({ card, key, algorithm: algorithmOf(padding), cryptogram })),
    agree: (point) => orWrong(decrypting.agree({ card, key, point })),
  };
}

// The same digest in both places, as everybody uses it.
function algorithmOf(padding: RsaPadding) {
  if (padding.kind === 'PKCS1') return 'RSA-PKCS1';
  const bits = padding.digest === padding.mask ? padding.digest.replace('SHA-', '') : '';
  if (bits === '1') return 'RSA-OAEP-SHA1';
  if (bits === '256') return 'RSA-OAEP-SHA256';
  if (bits === '384') return 'RSA-OAEP-SHA384';
  if (bits === '512') return 'RSA-OAEP-SHA512';
  throw new MailError('cipher-unknown', { cipher: `OAEP ${padding.digest}` });
}

// The card made no sense of what was enciphered.
async function orWrong<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const refused =
      isFailure(error, 'card-refused') && (error.facts.step === 'decipher' || error.facts.step === 'agree');
    throw refused ? new MailError('wrong-key') : error;
  }
}
