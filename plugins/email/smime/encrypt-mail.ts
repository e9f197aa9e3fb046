import { isOlder } from './envelope/choose-cipher.js';
import type { CipherName } from './envelope/content-cipher.js';
import { makeEnvelope } from './envelope/make-envelope.js';
import type { RecipientWish } from './envelope/recipient-info.js';
import { unwrap, wrap } from './mime/wrap.js';
import { pkcs7Part } from './sign-mail.js';

/**
 * Encrypts a mail for all of `recipients` (RFC 8551 §3.3). Its own fields (From, To, Subject, …) stay outside and readable for everybody. A
 * mail that was signed before is signed and encrypted then.
 * Fails with `no-recipient`, `key-unfit`, `header`, `parts`, `depth`, `encoding`.
 */
export async function encryptMail(
  mail: Uint8Array,
  recipients: readonly RecipientWish[],
  cipher: CipherName,
): Promise<Uint8Array> {
  const { outer, inner } = unwrap(mail);
  const kind = isOlder(cipher) ? 'enveloped-data' : 'authEnveloped-data';
  return wrap(outer, pkcs7Part(kind, await makeEnvelope(inner, recipients, cipher)));
}
