import { encodeTlv } from '../card/tlv.js';
import { keyIdentifier, type ExtensionPart } from './certificate-builder.js';
import type { CardKey } from './card-key.js';
import { bits, context, integer, objectIdentifier, octets, sequence, utf8 } from './der.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** keyUsage by bit numbers (RFC 5280 §4.2.1.3). */
export const keyUsage = (...usage: readonly number[]): ExtensionPart => ({
  id: '2.5.29.15',
  critical: true,
  value: bits(...usage),
});

/** digitalSignature, keyEncipherment, dataEncipherment: B0. */
export const authenticationUsage = keyUsage(0, 2, 3);
/** nonRepudiation alone: 40. */
export const signatureUsage = keyUsage(1);
/** keyCertSign, cRLSign. */
export const authorityUsage = keyUsage(5, 6);

export const subjectKeyIdentifier = (key: CardKey): ExtensionPart => ({
  id: '2.5.29.14',
  value: octets(keyIdentifier(key)),
});

export const authorityKeyIdentifier = (key: CardKey): ExtensionPart => ({
  id: '2.5.29.35',
  value: sequence(encodeTlv(0x80, keyIdentifier(key))),
});

/** basicConstraints of a certificate authority. */
export const authority = (pathLength?: number): ExtensionPart => ({
  id: '2.5.29.19',
  critical: true,
  value: sequence(Uint8Array.of(0x01, 0x01, 0xff), ...(pathLength === undefined ? [] : [integer(pathLength)])),
});

/** subjectAltName with one e-mail address. */
export const emailAddress = (address: string): ExtensionPart => ({
  id: '2.5.29.17',
  value: sequence(encodeTlv(0x81, text(address))),
});

/** certificatePolicies: one policy, where its statement stands, and what a reader must know. */
export const policy = (id: string, statement: string, notice: string): ExtensionPart => ({
  id: '2.5.29.32',
  value: sequence(
    sequence(
      objectIdentifier(id),
      sequence(
        sequence(objectIdentifier('1.3.6.1.5.5.7.2.1'), encodeTlv(0x16, text(statement))),
        sequence(objectIdentifier('1.3.6.1.5.5.7.2.2'), sequence(utf8(notice))),
      ),
    ),
  ),
});

/** cRLDistributionPoints with one address. */
export const revocationList = (address: string): ExtensionPart => ({
  id: '2.5.29.31',
  value: sequence(sequence(context(0, context(0, encodeTlv(0x86, text(address)))))),
});

/** authorityInfoAccess: where the issuer's certificate lies, and its OCSP service. */
export const authorityAccess = (certificate: string, ocsp: string): ExtensionPart => ({
  id: '1.3.6.1.5.5.7.1.1',
  value: sequence(
    sequence(objectIdentifier('1.3.6.1.5.5.7.48.2'), encodeTlv(0x86, text(certificate))),
    sequence(objectIdentifier('1.3.6.1.5.5.7.48.1'), encodeTlv(0x86, text(ocsp))),
  ),
});

/** extKeyUsage: log-in to web services and signed mail. */
export const clientAndMail: ExtensionPart = {
  id: '2.5.29.37',
  value: sequence(objectIdentifier('1.3.6.1.5.5.7.3.2'), objectIdentifier('1.3.6.1.5.5.7.3.4')),
};

/** qcStatements of a qualified signature on a device (ETSI EN 319 412-5: compliance, device, type e-sign). */
export const qualifiedStatements: ExtensionPart = {
  id: '1.3.6.1.5.5.7.1.3',
  value: sequence(
    sequence(objectIdentifier('0.4.0.1862.1.1')),
    sequence(objectIdentifier('0.4.0.1862.1.4')),
    sequence(objectIdentifier('0.4.0.1862.1.6'), sequence(objectIdentifier('0.4.0.1862.1.6.1'))),
  ),
};
