import { type CertificateFacts, context, encode, integer, octets, oid, oids, sequence } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { ephemeral, isMailCurve, newWrap, schemeFor, wrapKey } from './key-agreement.js';
import { mailOids } from '../mail-oids.js';
import { transport, transportId, type RsaPadding } from './rsa-transport.js';

/** How a content's key goes to one recipient. */
export interface RecipientWish {
  readonly certificate: CertificateFacts;
  /** For RSA keys; other kinds have one way. */
  readonly padding: RsaPadding['kind'];
}

/** RecipientInfo (RFC 5652 §6.2) with `key` for a recipient. Fails with `key-unfit`. */
export async function recipientInfo({ certificate, padding }: RecipientWish, key: Uint8Array): Promise<Uint8Array> {
  const { key: own, issuer, serialBytes } = certificate;
  const id = sequence(issuer.raw, encode(0x02, serialBytes));
  if (own.kind === 'rsa') {
    return sequence(integer(0), id, transportId(padding), octets(await transport(own, padding, key)));
  }
  if (own.kind !== 'ec' || !isMailCurve(own.curve)) {
    throw new MailError('key-unfit', { holder: certificate.subject.short });
  }
  const { point, secret } = ephemeral(own.curve, own.bits);
  const scheme = schemeFor(own.curve);
  const wrapRaw = newWrap();
  const wrapped = wrapKey({ scheme, wrap: mailOids.aes256wrap, wrapRaw }, secret, key);
  // Parameters of the key are left out: the recipient's certificate has them (RFC 5753 §3.1.1).
  const originator = context(1, sequence(oid(oids.ec)), encode(0x03, Uint8Array.of(0), point));
  return context(
    1,
    integer(3),
    context(0, originator),
    sequence(oid(scheme), wrapRaw),
    sequence(sequence(id, octets(wrapped))),
  );
}
