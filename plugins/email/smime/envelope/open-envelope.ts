import { type CertificateFacts, orUndefined } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { decipher, keyLength } from './content-cipher.js';
import { checkedPoint, isKnown, isMailCurve, unwrapKey } from './key-agreement.js';
import { type EnvelopeFacts, isMeant, type RecipientFacts } from './read-envelope.js';
import { paddingOf, type RsaPadding } from './rsa-transport.js';

/** A private key that is reached through what it does; the card keeps it. */
export interface OwnKey {
  readonly certificate: CertificateFacts;
  /** Deciphers what is as long as the modulus; gives what is under the padding. */
  decryptKey(cryptogram: Uint8Array, padding: RsaPadding): Promise<Uint8Array>;
  /** The x coordinate that the key shares with an uncompressed point of its curve. */
  agree(point: Uint8Array): Promise<Uint8Array>;
}

/** What was in an envelope. */
export interface Opened {
  readonly content: Uint8Array;
  /** False for CBC: nobody can say whether the content was changed on its way (EFAIL). */
  readonly authenticated: boolean;
}

/**
 * Opens an envelope with the first of `keys` that it is meant for; that one is asked once, and only when all else is known to fit.
 * Fails with `not-for-us`, `cipher-unknown`, `changed`, `malformed`, and as the key does.
 */
export async function openEnvelope(envelope: EnvelopeFacts, keys: readonly OwnKey[]): Promise<Opened> {
  const length = keyLength(envelope.algorithm);
  const pairs = envelope.recipients.flatMap((recipient) =>
    keys.filter(({ certificate }) => isMeant(recipient.id, certificate)).map((key) => ({ recipient, key })),
  );
  const [first] = pairs;
  if (!first) throw new MailError('not-for-us');
  const contentKey = await keyFor(first.recipient, first.key);
  try {
    if (contentKey.length !== length) throw new MailError('changed');
    const content = decipher(envelope.algorithm, contentKey, envelope.sealed);
    return { content, authenticated: envelope.sealed.mac !== undefined };
  } finally {
    contentKey.fill(0);
  }
}

/** Which of `keys` an envelope is meant for. */
export const meantFor = <K extends { readonly certificate: CertificateFacts }>(
  { recipients }: EnvelopeFacts,
  keys: readonly K[],
): readonly K[] => keys.filter(({ certificate }) => recipients.some(({ id }) => isMeant(id, certificate)));

async function keyFor(recipient: RecipientFacts, own: OwnKey): Promise<Uint8Array> {
  const { key } = own.certificate;
  if (recipient.kind === 'transport') {
    const padding = orUndefined(() => paddingOf(recipient.algorithm));
    if (!padding) throw new MailError('cipher-unknown', { cipher: recipient.algorithm.id });
    if (key.kind !== 'rsa' || recipient.key.length !== key.modulus.length)
      throw new MailError('malformed', { what: 'RSA' });
    return await own.decryptKey(recipient.key, padding);
  }
  if (key.kind !== 'ec' || !isMailCurve(key.curve)) throw new MailError('malformed', { what: 'ECDH' });
  if (!isKnown(recipient.agreement)) throw new MailError('cipher-unknown', { cipher: recipient.agreement.scheme });
  const secret = await own.agree(checkedPoint(key.curve, recipient.point));
  try {
    return unwrapKey(recipient.agreement, secret, recipient.key);
  } finally {
    secret.fill(0);
  }
}
