import type { CommandArguments, CommandResult, DocumentId, Json, Message, TrustAnchor } from '@sigill/core';
import { type CertificateFacts, readAnchors } from '@sigill/core/cms';
import { type CheckedMail, checkMail, isGood } from '../check-mail.js';
import { MailError } from '../mail-error.js';
import { certificatesIn } from '../recipients.js';
import type { MailSignerCheck } from '../signature/check-signers.js';
import { idsIn, readFile, wordIn } from './mail-file.js';
import { eachMail, type MailOutcome } from './mail-answer.js';
import { listed } from './sign-message.js';
import type { MailWork } from './work.js';

/** Says of each signature of mails whether it holds: `documents`, `trust` a file with CA certificates, or several. Asks for no PIN. */
export async function verifyMessage(work: MailWork, args: CommandArguments): Promise<CommandResult> {
  const { documents, trust } = work;
  const file = wordIn(args, 'trust');
  const given: CertificateFacts[] = [];
  for (const one of file === undefined ? idsIn(args, 'trust') : [file])
    given.push(...(await certificatesIn(await readFile(documents, one), Date.now())));
  const own: readonly TrustAnchor[] = given.map(({ der }) => ({ der, source: 'file' }));
  const anchors = [...(await trust.anchors()), ...own];
  return await eachMail(documents, args, (document, name) => verifyOne(work, anchors, document, name));
}

async function verifyOne(
  { documents }: MailWork,
  anchors: readonly TrustAnchor[],
  document: DocumentId,
  name: string,
): Promise<MailOutcome> {
  const mail = await readFile(documents, document);
  let checked: CheckedMail;
  try {
    checked = await checkMail(mail, { anchors: readAnchors(anchors), at: Date.now() });
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'not-signed') throw error;
    return { state: 'verified', verdict: 'unsigned', messages: [{ key: 'smime.verify.unsigned', values: { name } }] };
  }
  const verdict = verdictOf(checked);
  const signers = checked.layers.flatMap((layer) => (layer.kind === 'signed' ? layer.signers : []));
  const hidden = checked.layers.some((layer) => layer.kind === 'encrypted' && !layer.opened);
  const messages: Message[] = [
    { key: `smime.verify.${verdict}`, values: { name } },
    ...signers.flatMap((signer) => sentencesOf(signer, checked.from)),
    ...(hidden ? [{ key: 'smime.verify.hidden' }] : []),
    ...(signers.length > 0 ? [{ key: 'smime.verify.fields' }] : []),
  ];
  return { state: 'verified', verdict, messages, more: { signatures: signers.map(asJson), encrypted: hidden } };
}

function verdictOf(checked: CheckedMail): 'valid' | 'invalid' | 'uncertain' | 'unsigned' {
  const signed = checked.layers.filter((layer) => layer.kind === 'signed');
  if (signed.length === 0) return 'unsigned';
  if (isGood(checked)) return 'valid';
  const broken = signed
    .flatMap(({ signers }) => signers)
    .some(({ signature, from }) => signature === 'changed' || signature === 'invalid' || from === 'differs');
  return broken || signed.some(({ signers }) => signers.length === 0) ? 'invalid' : 'uncertain';
}

function sentencesOf(signer: MailSignerCheck, from: readonly string[]): Message[] {
  const { certificate, signature, chain, addresses, time, weak } = signer;
  const holder = certificate?.subject.short ?? '';
  const when = time === undefined ? 'none' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');
  const first = { key: `smime.signer.${signature}`, values: { holder, when } };
  if (signature !== 'valid') return [first];
  const values = { holder, from: listed(from), addresses: listed(addresses), issuer: certificate?.issuer.short ?? '' };
  return [
    first,
    { key: `smime.from.${signer.from}`, values },
    ...(chain ? [{ key: `smime.chain.${chain}`, values }] : []),
    ...(weak ? [{ key: 'smime.weak', values }] : []),
  ];
}

function asJson({ certificate, signature, chain, from, addresses, time, weak }: MailSignerCheck): Json {
  return {
    signature,
    from,
    weak,
    addresses: [...addresses],
    ...(chain && { chain }),
    ...(certificate && { holder: certificate.subject.text, certificate: certificate.sha256 }),
    ...(time !== undefined && { time: new Date(time).toISOString() }),
  };
}
