import {
  type AlgorithmId,
  type Ber,
  bitsOf,
  type CertificateFacts,
  definite,
  each,
  encode,
  firstOf,
  inside,
  integerHex,
  joined,
  Malformed,
  octetsOf,
  oidOf,
  orUndefined,
  partsOf,
  readAlgorithm,
  toHex,
} from '@sigill/core/cms';
import { largestMail } from '../mail-error.js';
import { mailOids } from '../mail-oids.js';
import type { Sealed } from './content-cipher.js';
import type { Agreement } from './key-agreement.js';

/** Whose key it is: hex of the serial number and of the issuer's name, or the key's own identifier. */
export type RecipientId = { readonly issuer: string; readonly serial: string } | { readonly subjectKeyId: string };

/** A way to the content's key. */
export type RecipientFacts =
  | { readonly kind: 'transport'; readonly id: RecipientId; readonly algorithm: AlgorithmId; readonly key: Uint8Array }
  | {
      readonly kind: 'agreement';
      readonly id: RecipientId;
      readonly agreement: Agreement;
      readonly point: Uint8Array;
      readonly key: Uint8Array;
    };

/** EnvelopedData or AuthEnvelopedData as slices of its bytes. */
export interface EnvelopeFacts {
  readonly recipients: readonly RecipientFacts[];
  readonly algorithm: AlgorithmId;
  readonly sealed: Sealed;
}

const mostRecipients = 1_000;

/** Reads ContentInfo with EnvelopedData or AuthEnvelopedData, BER or DER; undefined when it is neither. */
export function readEnvelope(bytes: Uint8Array): EnvelopeFacts | undefined {
  return bytes.length > largestMail ? undefined : orUndefined(() => read(firstOf(definite(bytes))));
}

/** True when a certificate is the one that is meant. */
export function isMeant(id: RecipientId, { issuer, serial, extensions }: CertificateFacts): boolean {
  return 'subjectKeyId' in id
    ? extensions.subjectKeyId === id.subjectKeyId
    : serial === id.serial && toHex(issuer.raw) === id.issuer;
}

function read(info: Ber): EnvelopeFacts {
  const outer = partsOf(info);
  const type = oidOf(outer.next());
  if (type !== mailOids.envelopedData && type !== mailOids.authEnvelopedData) throw new Malformed('content type');
  const parts = partsOf(firstOf(outer.next(0xa0).value));
  parts.next(0x02);
  parts.maybe(0xa0);
  const infos = inside(parts.next(0x31), 0x31);
  if (infos.length > mostRecipients) throw new Malformed('recipients');
  const recipients = infos.flatMap((one) => orUndefined(() => readRecipient(one)) ?? []);
  const encrypted = partsOf(parts.next(0x30));
  encrypted.next(0x06);
  const algorithm = readAlgorithm(encrypted.next(0x30));
  const content = contentOf(encrypted.next());
  if (type === mailOids.envelopedData) return { recipients, algorithm, sealed: { content } };
  const attributes = parts.maybe(0xa1);
  const mac = octetsOf(parts.next());
  // The tag is over the attributes as a SET (RFC 5083 §2.2).
  return {
    recipients,
    algorithm,
    sealed: { content, mac, ...(attributes && { attributes: encode(0x31, attributes.value) }) },
  };
}

// IMPLICIT [0] OCTET STRING, whole or in pieces.
function contentOf({ tag, value }: Ber): Uint8Array {
  if (tag === 0x80) return value;
  if (tag !== 0xa0) throw new Malformed('content');
  return joined([...each(value)].map(octetsOf));
}

function readRecipient(info: Ber): RecipientFacts[] {
  if (info.tag === 0x30) {
    const parts = partsOf(info);
    parts.next(0x02);
    const id = readId(parts.next());
    return [{ kind: 'transport', id, algorithm: readAlgorithm(parts.next(0x30)), key: octetsOf(parts.next()) }];
  }
  return info.tag === 0xa1 ? readAgreement(info) : [];
}

function readAgreement(info: Ber): RecipientFacts[] {
  const parts = partsOf(info, 0xa1);
  parts.next(0x02);
  const originator = partsOf(firstOf(parts.next(0xa0).value), 0xa1);
  originator.next(0x30);
  const point = bitsOf(originator.next());
  const ukm = parts.maybe(0xa1);
  const { id: scheme, parameters } = readAlgorithm(parts.next(0x30));
  if (!parameters) throw new Malformed('wrap');
  const agreement: Agreement = {
    scheme,
    wrap: readAlgorithm(firstOf(parameters)).id,
    wrapRaw: parameters,
    ...(ukm && { ukm: octetsOf(firstOf(ukm.value)) }),
  };
  return inside(parts.next(0x30), 0x30).map((one) => {
    const each = partsOf(one);
    return { kind: 'agreement', id: readId(each.next()), agreement, point, key: octetsOf(each.next()) };
  });
}

// IssuerAndSerialNumber; [0] SubjectKeyIdentifier; [0] RecipientKeyIdentifier, which begins with one.
function readId(object: Ber): RecipientId {
  if (object.tag === 0x80) return { subjectKeyId: toHex(object.value) };
  if (object.tag === 0xa0) return { subjectKeyId: toHex(octetsOf(firstOf(object.value))) };
  const parts = partsOf(object);
  return { issuer: toHex(parts.next(0x30).raw), serial: integerHex(parts.next()) };
}
