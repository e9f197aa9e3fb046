import { type CommandArguments, type CommandResult, type DocumentId, Failure, type Message } from '@sigill/core';
import { addressesIn, addressesOf, sameAddress } from '../addresses.js';
import { algorithmFor, isSelfIssued, readCertificate } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { onlyField, splitEntity } from '../mime/split-entity.js';
import { withoutPostmark } from '../mime/wrap.js';
import { signMail } from '../sign-mail.js';
import { deliverMail, placeFor, readFile, wordIn } from './mail-file.js';
import { eachMail, type MailOutcome } from './mail-answer.js';
import { issuersOn, type OwnCertificate, ownCertificates, ownFor, ownNamed } from './own-certificates.js';
import type { MailWork } from './work.js';

/** Signs mails with a card: `documents`, `certificate` (its id or the beginning of its SHA-256), `opaque`. */
export async function signMessage(work: MailWork, args: CommandArguments): Promise<CommandResult> {
  const own = await ownCertificates(work.cards);
  if (own.length === 0) throw new Failure('no-card', {});
  return await eachMail(work.documents, args, (document, name) => signOne(work, args, own, document, name));
}

async function signOne(
  work: MailWork,
  args: CommandArguments,
  own: readonly OwnCertificate[],
  document: DocumentId,
  name: string,
): Promise<MailOutcome> {
  const { cards, documents, signing } = work;
  const mail = await readFile(documents, document);
  const from = senderOf(mail);
  const at = new Date();
  const wanted = wordIn(args, 'certificate');
  const chosen = wanted === undefined ? ownFor(own, 'sign', from, at.getTime())[0] : ownNamed(own, wanted);
  if (!chosen && wanted !== undefined) throw new Failure('certificate-unknown', { id: wanted });
  if (!chosen)
    throw new MailError('no-certificate', {
      from: listed(from),
      addresses: listed(own.flatMap(({ facts }) => addressesOf(facts))),
    });
  const { card, certificate, facts } = chosen;
  const algorithm = algorithmFor(facts);
  if (algorithm === undefined) throw new MailError('key-unfit', { holder: facts.subject.short });
  const issuers = (await issuersOn(cards, card)).filter((der) => {
    const issuer = readCertificate(der);
    return issuer !== undefined && !isSelfIssued(issuer);
  });
  const draft = await placeFor(documents, document);
  const signed = await signMail(
    mail,
    {
      certificates: [facts.der, ...issuers],
      algorithm,
      sign: async (digest) => (await signing.sign({ card, key: certificate.id, algorithm, digest })).value,
    },
    { at, opaque: args['opaque'] === true },
  );
  const result = await deliverMail(documents, draft, signed, 'signed', { kind: 'S/MIME', certificate: facts.sha256 });
  const addresses = addressesOf(facts);
  const same = from.some((one) => addresses.some((other) => sameAddress(one, other)));
  const notes: Message[] = same
    ? []
    : [{ key: 'smime.note.from', values: { from: listed(from), addresses: listed(addresses) } }];
  const done = { key: 'smime.done.signed', values: { name, result: result.name, holder: facts.subject.short } };
  return { state: 'signed', result, messages: [done, ...notes] };
}

/** The addresses that a mail says it is from. */
export function senderOf(mail: Uint8Array): readonly string[] {
  const field = onlyField(splitEntity(withoutPostmark(mail)), 'from');
  return field === undefined ? [] : addressesIn(field);
}

/** Addresses for a sentence; `none` where there is none. */
export const listed = (addresses: readonly string[]): string =>
  addresses.length === 0 ? 'none' : [...new Set(addresses)].slice(0, 10).join(', ');
