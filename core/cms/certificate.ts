import { type Ber, firstOf, orUndefined, Parts, partsOf } from './ber.js';
import { toHex } from './bytes.js';
import { type Extensions, readExtensions } from './extensions.js';
import { type NameText, nameText } from './name.js';
import { type PublicKeyInfo, readPublicKey } from './public-key.js';
import { type AlgorithmId, readAlgorithm } from './algorithm.js';
import { bitsOf, integerHex, timeOf } from './values.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** A certificate (RFC 5280) as far as signatures need it; the bytes are slices of `der`. */
export interface CertificateFacts {
  readonly der: Uint8Array;
  /** Hex of SHA-256 over `der`; two certificates are one when this is the same. */
  readonly sha256: string;
  /** Hex, leading zeros cut. */
  readonly serial: string;
  /** The INTEGER's content as it stands. */
  readonly serialBytes: Uint8Array;
  readonly issuer: NameText & { readonly raw: Uint8Array };
  readonly subject: NameText & { readonly raw: Uint8Array };
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: PublicKeyInfo;
  readonly extensions: Extensions;
  /** What its issuer signed, how, and the value. */
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmId;
  readonly signature: Uint8Array;
}

/** Reads a certificate, DER; undefined when it is none. Bytes after it are not looked at. */
export function readCertificate(der: Uint8Array): CertificateFacts | undefined {
  return orUndefined(() => read(firstOf(der)));
}

/** True when issuer and subject are the same name. */
export const isSelfIssued = ({ issuer, subject }: CertificateFacts): boolean =>
  toHex(issuer.raw) === toHex(subject.raw);

function read(certificate: Ber): CertificateFacts {
  const outer = partsOf(certificate);
  const tbs = outer.next(0x30);
  const parts = partsOf(tbs);
  parts.maybe(0xa0);
  const serial = parts.next(0x02);
  parts.next(0x30);
  const issuer = parts.next(0x30);
  const validity = partsOf(parts.next(0x30));
  const [notBefore, notAfter] = [timeOf(validity.next()), timeOf(validity.next())];
  const subject = parts.next(0x30);
  const key = readPublicKey(parts.next(0x30));
  parts.maybe(0x81, 0xa1);
  parts.maybe(0x82, 0xa2);
  const extensions = parts.maybe(0xa3);
  return {
    der: certificate.raw,
    sha256: toHex(sha256(certificate.raw)),
    serial: integerHex(serial),
    serialBytes: serial.value,
    issuer: { ...nameText(issuer), raw: issuer.raw },
    subject: { ...nameText(subject), raw: subject.raw },
    notBefore,
    notAfter,
    key,
    extensions: readExtensions(extensions && new Parts([firstOf(extensions.value)]).next(0x30)),
    tbs: tbs.raw,
    signatureAlgorithm: readAlgorithm(outer.next(0x30)),
    signature: bitsOf(outer.next()),
  };
}
