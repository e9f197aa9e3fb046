import { X509Certificate } from 'node:crypto';
import { Failure } from '@sigill/core';
import { parseTlv, tlvLength } from '@sigill/core/card';

/** How Thunderbird names a certificate in its settings. */
export interface CertificateKey {
  /** What it shows. */
  readonly name: string;
  /** How it finds it: base64 of two zero numbers, the lengths of serial number and issuer, and both (Mozilla, nsNSSCertificate::GetDbKey). */
  readonly dbKey: string;
}

/** The key of a certificate, DER. Fails with `certificate-invalid`. */
export function certificateKey(der: Uint8Array): CertificateKey {
  const { serial, issuer } = partsOf(der);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(serial.length, 8);
  head.writeUInt32BE(issuer.length, 12);
  return { name: commonName(der), dbKey: Buffer.concat([head, serial, issuer]).toString('base64') };
}

/** The subject's common name, or all of the subject in one line. */
export function commonName(der: Uint8Array): string {
  const { subject } = new X509Certificate(der);
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}

/** RFC 5280 §4.1: TBSCertificate is [0] version, serialNumber, signature, issuer, … The issuer with its head. */
function partsOf(der: Uint8Array): { readonly serial: Uint8Array; readonly issuer: Uint8Array } {
  const certificate = parseTlv(der)[0]?.value;
  const signed = certificate && parseTlv(certificate)[0]?.value;
  if (signed === undefined) throw new Failure('certificate-invalid', { why: 'structure' });
  const fields: { tag: number; whole: Uint8Array; value: Uint8Array }[] = [];
  for (let at = 0; at < signed.length && fields.length < 5;) {
    const rest = signed.subarray(at);
    const length = tlvLength(rest);
    const [one] = length === undefined ? [] : parseTlv(rest.subarray(0, length));
    if (length === undefined || one === undefined) throw new Failure('certificate-invalid', { why: 'structure' });
    fields.push({ ...one, whole: rest.subarray(0, length) });
    at += length;
  }
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, , issuer] = fields;
  if (serial?.tag !== 0x02 || issuer?.tag !== 0x30) throw new Failure('certificate-invalid', { why: 'structure' });
  return { serial: serial.value, issuer: issuer.whole };
}
