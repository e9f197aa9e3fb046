import { context, encode, integer, octets, oid, oids, sequence, setOf } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { mailOids } from '../mail-oids.js';
import { type CipherName, encipher, keyLengthOf } from './content-cipher.js';
import { recipientInfo, type RecipientWish } from './recipient-info.js';

/**
 * ContentInfo with `content` for those who can open it, DER: AuthEnvelopedData for GCM (RFC 5083), EnvelopedData for CBC (RFC 5652 §6).
 * Fails with `no-recipient`, `key-unfit`.
 */
export async function makeEnvelope(
  content: Uint8Array,
  recipients: readonly RecipientWish[],
  cipher: CipherName,
): Promise<Uint8Array> {
  if (recipients.length === 0) throw new MailError('no-recipient');
  const key = crypto.getRandomValues(new Uint8Array(keyLengthOf(cipher)));
  try {
    const infos: Uint8Array[] = [];
    for (const recipient of recipients) infos.push(await recipientInfo(recipient, key));
    const { algorithm, content: hidden, mac } = encipher(cipher, key, content);
    const encrypted = sequence(oid(oids.data), algorithm, encode(0x80, hidden));
    if (mac !== undefined) {
      const data = sequence(integer(0), setOf(...infos), encrypted, octets(mac));
      return sequence(oid(mailOids.authEnvelopedData), context(0, data));
    }
    // 0 when all recipients have the oldest form (RFC 5652 §6.1).
    const version = recipients.every(({ certificate }) => certificate.key.kind === 'rsa') ? 0 : 2;
    return sequence(oid(mailOids.envelopedData), context(0, sequence(integer(version), setOf(...infos), encrypted)));
  } finally {
    key.fill(0);
  }
}
