// The library's container needs the metadata API before its first line runs.
import 'reflect-metadata';
import { KeyUsagesExtension, SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Certificate, KeyUsage, PublicKey } from '../api/cards.js';
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
    return decode(new X509Certificate(Uint8Array.from(der)), der);
  } catch (error) {
    if (isFailure(error)) throw error;
    // Whatever the library throws over foreign bytes means the same to us.
    throw new Failure('certificate-invalid', { why: error instanceof Error ? error.message : 'unreadable' }, error);
  }
}

function decode(certificate: X509Certificate, der: Uint8Array): ParsedCertificate {
  const subject = nameOf(certificate.subjectName.toArrayBuffer());
  const issuer = nameOf(certificate.issuerName.toArrayBuffer());
  const holder = commonName(subject);
  const issuerName = commonName(issuer);
  return {
    subject: writeName(subject),
    issuer: writeName(issuer),
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    usage: usageOf(certificate),
    email: emailOf(certificate, subject),
    sha256: toHex(sha256(der)),
    key: parsePublicKey(new Uint8Array(certificate.publicKey.rawData)),
    ...(holder !== undefined && { holder }),
    ...(issuerName !== undefined && { issuerName }),
  };
}

function nameOf(encoded: ArrayBuffer): readonly (readonly NameAttribute[])[] {
  const [sequence] = insideOf(new Uint8Array(encoded)) ?? [];
  const name = sequence && parseName(sequence.value);
  if (!name) throw new Failure('certificate-invalid', { why: 'name' });
  return name;
}

// RFC 5280 §4.2.1.3, in the order of the bits.
const usages: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function usageOf(certificate: X509Certificate): readonly KeyUsage[] {
  const flags: number = certificate.getExtension(KeyUsagesExtension)?.usages ?? 0;
  return usages.filter((_, bit) => (flags >> bit) & 1);
}

function emailOf(certificate: X509Certificate, subject: readonly (readonly NameAttribute[])[]): readonly string[] {
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  const alternative = names.filter(({ type }) => type === 'email').map(({ value }) => value);
  return [...new Set([...alternative, ...textOf(subject, '1.2.840.113549.1.9.1')])];
}
