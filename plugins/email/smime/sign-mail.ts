import { digestOfAlgorithm, joined } from '@sigill/core/cms';
import { newBoundary } from './mime/multipart.js';
import { toBytes } from './mime/text-bytes.js';
import { toBase64 } from './mime/transfer.js';
import { unwrap, wrap } from './mime/wrap.js';
import { mailSignature, type MailSigner, type SignatureWish } from './signature/mail-signature.js';

/**
 * Signs a mail. What it says stays readable in every program (`multipart/signed`, RFC 8551 §3.5.3), unless `opaque` puts it into the signature
 * (§3.5.2). The mail's own fields (From, To, Subject, …) stay outside and are not signed.
 * Fails with `header`, `parts`, `depth`, `encoding`, `malformed`, and as `sign` does.
 */
export async function signMail(mail: Uint8Array, signer: MailSigner, wish: SignatureWish): Promise<Uint8Array> {
  const { outer, inner } = unwrap(mail);
  const signature = await mailSignature(inner, signer, wish);
  if (wish.opaque === true) return wrap(outer, pkcs7Part('signed-data', signature));
  const boundary = newBoundary();
  const micalg = digestOfAlgorithm(signer.algorithm).toLowerCase();
  const type = `multipart/signed; protocol="application/pkcs7-signature"; micalg=${micalg};\r\n boundary="${boundary}"`;
  return wrap(
    outer,
    joined([
      toBytes(`Content-Type: ${type}\r\n\r\n--${boundary}\r\n`),
      inner,
      toBytes(
        `\r\n--${boundary}\r\nContent-Type: application/pkcs7-signature; name="smime.p7s"\r\n` +
          'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7s"\r\n\r\n' +
          `${toBase64(signature)}\r\n--${boundary}--\r\n`,
      ),
    ]),
  );
}

/** A CMS object as a part (RFC 8551 §3.2). */
export function pkcs7Part(kind: 'signed-data' | 'enveloped-data' | 'authEnveloped-data', cms: Uint8Array): Uint8Array {
  return toBytes(
    `Content-Type: application/pkcs7-mime; smime-type=${kind}; name="smime.p7m"\r\n` +
      'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7m"\r\n\r\n' +
      `${toBase64(cms)}\r\n`,
  );
}
