import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate as X509Certificate,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  KeyUsage as KeyUsageBits,
  SubjectAlternativeName,
  type TBSCertificate,
} from '@peculiar/asn1-x509';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Certificate, KeyUsage, PublicKey } from '../api/cards.js';
import { keyUsages } from '../key-usages.js';
import { Failure, isFailure } from '../failure.js';
import { toHex } from './bytes.js';
import { commonName, type NameAttribute, parseName, textOf, writeName } from './distinguished-name.js';
import { insideOf } from './der.js';
import { parsePublicKey } from './public-key.js';

/** What a certificate says by itself, without the card that it lies on. */
export type ParsedCertificate = Omit<Certificate, 'id' | 'label' | 'key'> & {
  readonly key: PublicKey;
  /** The subject's common name, as a person reads it. */
  readonly holder?: string;
  /** The issuer's common name. */
  readonly issuerName?: string;
};

/** Decodes a certificate (RFC 5280), DER. Fails with `certificate-invalid`. */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  try {
    return decode(AsnConvert.parse(Uint8Array.from(der), X509Certificate), der);
  } catch (error) {
    if (isFailure(error)) throw error;
    // Whatever the library throws over foreign bytes means the same to us.
    throw new Failure('certificate-invalid', { why: error instanceof Error ? error.message : 'unreadable' }, error);
  }
}

function decode({ tbsCertificate }: X509Certificate, der: Uint8Array): ParsedCertificate {
  const subject = nameOf(AsnConvert.serialize(tbsCertificate.subject));
  const issuer = nameOf(AsnConvert.serialize(tbsCertificate.issuer));
  const holder = commonName(subject);
  const issuerName = commonName(issuer);
  const { notBefore, notAfter } = tbsCertificate.validity;
  return {
    subject: writeName(subject),
    issuer: writeName(issuer),
    serialNumber: serialOf(new Uint8Array(tbsCertificate.serialNumber)),
    notBefore: notBefore.getTime().toISOString(),
    notAfter: notAfter.getTime().toISOString(),
    usage: usageOf(tbsCertificate),
    email: emailOf(tbsCertificate, subject),
    sha256: toHex(sha256(der)),
    key: parsePublicKey(new Uint8Array(AsnConvert.serialize(tbsCertificate.subjectPublicKeyInfo))),
    ...(holder !== undefined && { holder }),
    ...(issuerName !== undefined && { issuerName }),
  };
}

/** Hex of a serial number, without the zero that only says that it is positive. */
function serialOf(bytes: Uint8Array): string {
  const padded = bytes.length > 1 && bytes[0] === 0 && (bytes[1] ?? 0) > 0x7f;
  return toHex(padded ? bytes.subarray(1) : bytes);
}

function nameOf(encoded: ArrayBuffer): readonly (readonly NameAttribute[])[] {
  const [sequence] = insideOf(new Uint8Array(encoded)) ?? [];
  const name = sequence && parseName(sequence.value);
  if (!name) throw new Failure('certificate-invalid', { why: 'name' });
  return name;
}

function usageOf({ extensions = [] }: TBSCertificate): readonly KeyUsage[] {
  const found = extensions.find(({ extnID }) => extnID === id_ce_keyUsage);
  const flags = found === undefined ? 0 : AsnConvert.parse(found.extnValue, KeyUsageBits).toNumber();
  return keyUsages.filter((_, bit) => (flags >> bit) & 1);
}

function emailOf(
  { extensions = [] }: TBSCertificate,
  subject: readonly (readonly NameAttribute[])[],
): readonly string[] {
  const found = extensions.find(({ extnID }) => extnID === id_ce_subjectAltName);
  const names = found === undefined ? [] : AsnConvert.parse(found.extnValue, SubjectAlternativeName);
  const alternative = names.flatMap(({ rfc822Name }) => rfc822Name ?? []);
  return [...new Set([...alternative, ...textOf(subject, '1.2.840.113549.1.9.1')])];
}
