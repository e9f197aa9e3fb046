import type { CommandArguments, CommandResult, DocumentId, Message } from '@sigill/core';
import { addressesIn, addressesOf, sameAddress } from '../addresses.js';
import { type CertificateFacts, readAnchors } from '@sigill/core/cms';
import { encryptMail } from '../encrypt-mail.js';
import { MailError } from '../mail-error.js';
import { splitEntity } from '../mime/split-entity.js';
import { withoutPostmark } from '../mime/wrap.js';
import { isEncryptable, recipientAmong, type RecipientFile, recipientsIn } from '../recipients.js';
import { judgeChain } from '../signature/judge-chain.js';
import { cipherFor, holdersOf } from './cipher-for.js';
import { deliverMail, idsIn, placeFor, readFile, wordIn } from './mail-file.js';
import { eachMail, type MailOutcome } from './mail-answer.js';
import { allCertificates, ownFor } from './own-certificates.js';
import { listed, senderOf } from './sign-message.js';
import type { MailWork } from './work.js';

/**
 * Encrypts mails: `documents`; `recipients`, files with certificates or signed mails of theirs; `cipher` `cbc` for older readers or `gcm`,
 * else as the recipients' mails say what they open; `padding` `oaep`; `self` false to leave out the sender's own certificate. Asks for no PIN.
 */
export async function encryptMessage(work: MailWork, args: CommandArguments): Promise<CommandResult> {
  return await eachMail(work.documents, args, (document, name) => encryptOne(work, args, document, name));
}

async function encryptOne(
  work: MailWork,
  args: CommandArguments,
  document: DocumentId,
  name: string,
): Promise<MailOutcome> {
  const { documents } = work;
  const at = Date.now();
  const mail = await readFile(documents, document);
  const to = recipientsOf(mail);
  const certificates: CertificateFacts[] = [];
  const files: RecipientFile[] = [];
  for (const file of idsIn(args, 'recipients')) {
    const found = await recipientsIn(await readFile(documents, file), at);
    files.push(found);
    certificates.push(...chosenFrom(found.certificates, to, at, (await documents.info(file)).name));
  }
  if (certificates.length === 0) throw new MailError('no-recipient');
  const others = unique(certificates);
  const self = args['self'] === false ? [] : await ownFacts(work, mail, at);
  const padding = wordIn(args, 'padding') === 'oaep' ? 'OAEP' : 'PKCS1';
  const { cipher, notes: cipherNotes } = cipherFor(wordIn(args, 'cipher'), others, files);
  const draft = await placeFor(documents, document);
  const all = unique([...others, ...self]).map((certificate) => ({ certificate, padding }) as const);
  const result = await deliverMail(documents, draft, await encryptMail(mail, all, cipher), 'encrypted', {
    kind: cipher,
  });
  const values = {
    name,
    result: result.name,
    holders: holdersOf(others),
  };
  const pool = files.flatMap((file) => file.certificates);
  const notes = [...cipherNotes, ...(await notesOn(work, others, pool, to, self.length > 0, at))];
  return {
    state: 'encrypted',
    result,
    messages: [{ key: 'smime.done.encrypted', values }, ...notes],
    more: { cipher },
  };
}

// For the addresses that the mail goes to; a file with one certificate alone is meant as it is.
function chosenFrom(
  found: readonly CertificateFacts[],
  to: readonly string[],
  at: number,
  file: string,
): readonly CertificateFacts[] {
  const named = to.flatMap((address) => recipientAmong(found, at, address) ?? []);
  const usable = found.filter(isEncryptable);
  const only = usable.length === 1 ? recipientAmong(usable, at) : undefined;
  const chosen = named.length > 0 ? named : only ? [only] : [];
  if (chosen.length === 0) throw new MailError('no-recipient-in', { file });
  return chosen;
}

async function ownFacts({ cards }: MailWork, mail: Uint8Array, at: number): Promise<readonly CertificateFacts[]> {
  const own = await allCertificates(cards);
  // What the card could not open would be of no use to the sender.
  const opened = own.filter(({ certificate }) => certificate.key.decrypts === true);
  return ownFor(opened, 'encrypt', senderOf(mail), at)
    .map(({ facts }) => facts)
    .filter(isEncryptable)
    .slice(0, 1);
}

async function notesOn(
  { trust }: MailWork,
  certificates: readonly CertificateFacts[],
  pool: readonly CertificateFacts[],
  to: readonly string[],
  self: boolean,
  at: number,
): Promise<readonly Message[]> {
  const anchors = readAnchors(await trust.anchors());
  const notes: Message[] = [];
  for (const certificate of certificates) {
    const verdict = await judgeChain(
      certificate,
      'encrypt',
      anchors,
      pool.map(({ der }) => der),
      at,
    );
    const values = { holder: certificate.subject.short, sha256: certificate.sha256 };
    if (verdict !== 'trusted') notes.push({ key: 'smime.note.recipient-untrusted', values });
  }
  const has = certificates.flatMap(addressesOf);
  const without = to.filter((address) => !has.some((one) => sameAddress(one, address)));
  if (without.length > 0) notes.push({ key: 'smime.note.without', values: { addresses: listed(without) } });
  if (!self) notes.push({ key: 'smime.note.not-self' });
  return notes;
}

const unique = (all: readonly CertificateFacts[]): readonly CertificateFacts[] => [
  ...new Map(all.map((one) => [one.sha256, one])).values(),
];

function recipientsOf(mail: Uint8Array): readonly string[] {
  const { fields } = splitEntity(withoutPostmark(mail));
  const found = fields.filter(({ name }) => name === 'to' || name === 'cc' || name === 'bcc');
  return [...new Set(found.flatMap(({ value }) => addressesIn(value)))].slice(0, 100);
}
