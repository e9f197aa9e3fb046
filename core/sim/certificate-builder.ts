import { AsnSerializer, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Extension,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBytes } from './big-integer.js';
import type { CardKey } from './card-key.js';
import { fromHex, toHex } from '../card/bytes.js';
import { encodeTlv } from '../card/tlv.js';
import { knownCertificates } from './curve-results.js';
import { integer, objectIdentifier, sequence } from './der.js';
import { type EcKey, ecSign } from './ec-key.js';

/** A name, outermost part first: attribute type by its short name, and value. */
export type NameParts = readonly (readonly [keyof typeof attributes, string])[];

/** An extension: object identifier, DER value, and whether it is critical. */
export interface ExtensionPart {
  readonly id: string;
  readonly value: Uint8Array;
  readonly critical?: boolean;
}

/** All that one certificate says (RFC 5280 §4.1). */
export interface CertificateFacts {
  /** At most 16 bytes, the first below 80 and above zero. */
  readonly serial: Uint8Array;
  readonly issuer: NameParts;
  readonly subject: NameParts;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: CardKey;
  readonly extensions: readonly ExtensionPart[];
}

const attributes = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  GN: '2.5.4.42',
  serialNumber: '2.5.4.5',
  title: '2.5.4.12',
  pseudonym: '2.5.4.65',
} as const;

const ecdsaWithSha384 = '1.2.840.10045.4.3.3';
const curveIds = { 'P-256': '1.2.840.10045.3.1.7', 'P-384': '1.3.132.0.34' } as const;

/** Those made so far, DER, by what they say. */
export const certificates = new Map<string, Uint8Array>();

/** DER of a certificate signed with ecdsa-with-SHA384 by `signer`: the same bytes in every run. */
export function certificateOf(facts: CertificateFacts, signer: EcKey): Uint8Array {
  const name = nameOfFacts(facts);
  const known = certificates.get(name) ?? knownCertificate(name);
  const der = known ?? buildCertificate(facts, signer);
  certificates.set(name, der);
  return der;
}

/** What stands for everything that a certificate says: 16 bytes of SHA-256, hex. */
function nameOfFacts(facts: CertificateFacts): string {
  const text = JSON.stringify({ ...facts, key: publicKeyBits(facts.key) }, (_, value: unknown) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
  return toHex(sha256(utf8ToBytes(text)).slice(0, 16));
}

function knownCertificate(name: string): Uint8Array | undefined {
  const hex = knownCertificates[name];
  return hex === undefined ? undefined : fromHex(hex);
}

/** The same, made anew. */
export function buildCertificate(facts: CertificateFacts, signer: EcKey): Uint8Array {
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha384 });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: buffer(facts.serial),
    signature: signatureAlgorithm,
    issuer: nameOf(facts.issuer),
    validity: new Validity({ notBefore: new Date(facts.notBefore), notAfter: new Date(facts.notAfter) }),
    subject: nameOf(facts.subject),
    subjectPublicKeyInfo: publicKeyInfo(facts.key),
    extensions: new Extensions(facts.extensions.map(extensionOf)),
  });
  const digest = sha384(new Uint8Array(AsnSerializer.serialize(tbsCertificate)));
  const signatureValue = buffer(ecSign(signer, digest, 'der'));
  return new Uint8Array(
    AsnSerializer.serialize(new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })),
  );
}

/** Key identifier: the first 20 bytes of SHA-256 over the public key (RFC 7093 §2, method 1). */
export function keyIdentifier(key: CardKey): Uint8Array {
  return sha256(publicKeyBits(key)).slice(0, 20);
}

function publicKeyInfo(key: CardKey): SubjectPublicKeyInfo {
  const algorithm =
    key.kind === 'rsa'
      ? new AlgorithmIdentifier({ algorithm: '1.2.840.113549.1.1.1', parameters: null })
      : new AlgorithmIdentifier({
          algorithm: '1.2.840.10045.2.1',
          parameters: buffer(objectIdentifier(curveIds[key.curve])),
        });
  return new SubjectPublicKeyInfo({ algorithm, subjectPublicKey: buffer(publicKeyBits(key)) });
}

function publicKeyBits(key: CardKey): Uint8Array {
  if (key.kind === 'ec') return key.publicPoint;
  const modulus = encodeTlv(0x02, Uint8Array.of(0, ...toBytes(key.modulus, key.length)));
  return sequence(modulus, integer(Number(key.publicExponent)));
}

function nameOf(parts: NameParts): Name {
  return new Name(
    parts.map(([short, text]) => {
      const printable = short === 'C' || short === 'serialNumber';
      const value = new AttributeValue(printable ? { printableString: text } : { utf8String: text });
      return new RelativeDistinguishedName([new AttributeTypeAndValue({ type: attributes[short], value })]);
    }),
  );
}

function extensionOf({ id, value, critical = false }: ExtensionPart): Extension {
  return new Extension({ extnID: id, critical, extnValue: new OctetString(buffer(value)) });
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
