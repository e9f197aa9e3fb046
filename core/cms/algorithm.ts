import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { type Ber, Malformed, partsOf } from './ber.js';
import { oids } from './oids.js';
import { oidOf, smallInteger } from './values.js';
import { firstOf } from './ber.js';

/** A digest that can be made here. MD5 and RIPEMD-160 stand in old files only. */
export type DigestName = 'MD5' | 'RIPEMD-160' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** An AlgorithmIdentifier: its object identifier and what follows it. */
export interface AlgorithmId {
  readonly id: string;
  readonly parameters?: Uint8Array;
}

/** How a signature value is to be checked. */
export type SignatureScheme =
  | { readonly kind: 'pkcs1'; readonly digest: DigestName }
  | { readonly kind: 'pss'; readonly digest: DigestName; readonly mask: DigestName; readonly salt: number }
  | { readonly kind: 'ecdsa'; readonly digest: DigestName };

const digestIds: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.36.3.2.1': 'RIPEMD-160',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

const schemes: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.113549.1.1.4': { kind: 'pkcs1', digest: 'MD5' },
  '1.2.840.113549.1.1.5': { kind: 'pkcs1', digest: 'SHA-1' },
  '1.3.14.3.2.29': { kind: 'pkcs1', digest: 'SHA-1' },
  '1.2.840.113549.1.1.14': { kind: 'pkcs1', digest: 'SHA-224' },
  '1.2.840.113549.1.1.11': { kind: 'pkcs1', digest: 'SHA-256' },
  '1.2.840.113549.1.1.12': { kind: 'pkcs1', digest: 'SHA-384' },
  '1.2.840.113549.1.1.13': { kind: 'pkcs1', digest: 'SHA-512' },
  '1.2.840.10045.4.1': { kind: 'ecdsa', digest: 'SHA-1' },
  '1.2.840.10045.4.3.1': { kind: 'ecdsa', digest: 'SHA-224' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', digest: 'SHA-256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', digest: 'SHA-384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', digest: 'SHA-512' },
};

const functions: Readonly<Record<DigestName, (bytes: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  'RIPEMD-160': ripemd160,
  'SHA-1': sha1,
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
};

/** The digest of bytes at hand. */
export const digestOf = (digest: DigestName, bytes: Uint8Array): Uint8Array => functions[digest](bytes);

/** Too weak to rely on today (ETSI TS 119 312): collisions can be made. */
export const isWeakDigest = (digest: DigestName): boolean =>
  digest === 'MD5' || digest === 'SHA-1' || digest === 'RIPEMD-160';

/** The object identifier of a digest, for what we write. */
export function digestId(digest: DigestName): string {
  return Object.entries(digestIds).find(([, name]) => name === digest)?.[0] ?? '';
}

/** Reads an AlgorithmIdentifier. Fails with `Malformed`. */
export function readAlgorithm(object: Ber): AlgorithmId {
  const parts = partsOf(object);
  const id = oidOf(parts.next());
  const [parameters] = parts.rest();
  return { id, ...(parameters && { parameters: parameters.raw }) };
}

/** The digest of a digest algorithm, or the one inside of a signature algorithm; undefined for one that is not known. */
export const digestNamed = ({ id }: AlgorithmId): DigestName | undefined => digestIds[id] ?? schemes[id]?.digest;

/** How to check; `digest` is what a CMS signer names beside a bare `rsaEncryption`. Undefined for what is not known. Fails with `Malformed`. */
export function schemeOf({ id, parameters }: AlgorithmId, digest?: DigestName): SignatureScheme | undefined {
  if (id === oids.rsaPss) return pssOf(parameters);
  if (id === oids.rsa) return digest && { kind: 'pkcs1', digest };
  if (id === oids.ec) return digest && { kind: 'ecdsa', digest };
  return schemes[id];
}

// RFC 4055 §3.1: everything has a default, which is SHA-1 and 20.
function pssOf(parameters: Uint8Array | undefined): SignatureScheme | undefined {
  const parts = parameters && parameters[0] === 0x30 ? partsOf(firstOf(parameters)) : undefined;
  const tagged = (tag: number): Ber | undefined => {
    const wrapper = parts?.maybe(tag);
    return wrapper && firstOf(wrapper.value);
  };
  const [hash, mask, salt, trailer] = [tagged(0xa0), tagged(0xa1), tagged(0xa2), tagged(0xa3)];
  if (trailer && smallInteger(trailer) !== 1) throw new Malformed('trailer');
  const digest = hash ? digestNamed(readAlgorithm(hash)) : 'SHA-1';
  const maskDigest = mask ? maskOf(readAlgorithm(mask)) : 'SHA-1';
  return digest && maskDigest && { kind: 'pss', digest, mask: maskDigest, salt: salt ? smallInteger(salt) : 20 };
}

function maskOf({ id, parameters }: AlgorithmId): DigestName | undefined {
  return id === oids.mgf1 && parameters ? digestNamed(readAlgorithm(firstOf(parameters))) : undefined;
}
