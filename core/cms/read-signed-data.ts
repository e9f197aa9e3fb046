import { type AlgorithmId, readAlgorithm } from './algorithm.js';
import { type Ber, each, firstOf, inside, Malformed, orUndefined, partsOf } from './ber.js';
import { toHex } from './bytes.js';
import { definite } from './definite.js';
import { encode } from './der.js';
import { oids } from './oids.js';
import { integerHex, octetsOf, oidOf } from './values.js';

/** Attributes by object identifier: the values of each; one that stands twice has the values of both. */
export interface Attributes {
  /** The DER that a signature is over: tag 31. */
  readonly raw: Uint8Array;
  readonly values: ReadonlyMap<string, readonly Ber[]>;
}

/** One SignerInfo (RFC 5652 §5.3). */
export interface SignerFacts {
  readonly id: { readonly issuer: Uint8Array; readonly serial: string } | { readonly subjectKeyId: string };
  readonly digest: AlgorithmId;
  readonly signed?: Attributes;
  readonly algorithm: AlgorithmId;
  readonly value: Uint8Array;
  readonly unsigned?: Attributes;
}

/** SignedData (RFC 5652 §5.1) as slices of its bytes. */
export interface SignedDataFacts {
  readonly contentType: string;
  /** Absent in a detached signature. */
  readonly content?: Uint8Array;
  /** Raw DER. */
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signers: readonly SignerFacts[];
}

/** Bytes of a CMS that are read at all; /Contents of real files stay below 1 MiB. */
export const largestCms = 33_554_432;

/** Reads ContentInfo with SignedData, BER or DER, what follows it (zeros in /Contents) left alone; undefined when it is none. */
export function readSignedData(bytes: Uint8Array): SignedDataFacts | undefined {
  return bytes.length > largestCms ? undefined : orUndefined(() => read(firstOf(definite(bytes))));
}

function read(info: Ber): SignedDataFacts {
  const outer = partsOf(info);
  if (oidOf(outer.next()) !== oids.signedData) throw new Malformed('content type');
  const parts = partsOf(firstOf(outer.next(0xa0).value));
  parts.next(0x02);
  parts.next(0x31);
  const encapsulated = partsOf(parts.next(0x30));
  const contentType = oidOf(encapsulated.next());
  const content = encapsulated.maybe(0xa0);
  const certificates = parts.maybe(0xa0);
  const crls = parts.maybe(0xa1);
  return {
    contentType,
    ...(content && { content: octetsOf(firstOf(content.value)) }),
    certificates: sequences(certificates),
    crls: sequences(crls),
    signers: inside(parts.next(0x31), 0x31).map(readSigner),
  };
}

// Other kinds of certificates and revocation information have context tags.
function sequences(set: Ber | undefined): Uint8Array[] {
  return set ? [...each(set.value)].filter(({ tag }) => tag === 0x30).map(({ raw }) => raw) : [];
}

function readSigner(info: Ber): SignerFacts {
  const parts = partsOf(info);
  parts.next(0x02);
  const keyId = parts.maybe(0x80);
  const id = keyId ? { subjectKeyId: toHex(keyId.value) } : issuerAndSerial(parts.next(0x30));
  const digest = readAlgorithm(parts.next(0x30));
  const signed = parts.maybe(0xa0);
  const algorithm = readAlgorithm(parts.next(0x30));
  const value = octetsOf(parts.next());
  const unsigned = parts.maybe(0xa1);
  return {
    id,
    digest,
    ...(signed && { signed: readAttributes(signed) }),
    algorithm,
    value,
    ...(unsigned && { unsigned: readAttributes(unsigned) }),
  };
}

function issuerAndSerial(object: Ber): { issuer: Uint8Array; serial: string } {
  const parts = partsOf(object);
  return { issuer: parts.next(0x30).raw, serial: integerHex(parts.next()) };
}

function readAttributes(set: Ber): Attributes {
  const values = new Map<string, Ber[]>();
  for (const attribute of inside(set, set.tag)) {
    const parts = partsOf(attribute);
    const id = oidOf(parts.next());
    values.set(id, [...(values.get(id) ?? []), ...inside(parts.next(), 0x31)]);
  }
  return { raw: encode(0x31, set.value), values };
}

/** The value of an attribute that stands there once with one value (RFC 5652 §11). */
export function onlyValue(attributes: Attributes | undefined, id: string): Ber | undefined {
  const values = attributes?.values.get(id);
  return values?.length === 1 ? values[0] : undefined;
}
