import { Failure } from '../failure.js';
import type { SignatureAlgorithm } from '../api/signing.js';
import { fromHex, joined } from './bytes.js';

/** An algorithm in its parts. */
export interface AlgorithmParts {
  readonly scheme: 'RSA-PKCS1' | 'RSA-PSS' | 'ECDSA';
  /** Bytes of the digest. */
  readonly digestLength: number;
}

/** `RSA-PSS-SHA256` → `RSA-PSS`, 32. */
export function algorithmParts(algorithm: SignatureAlgorithm): AlgorithmParts {
  const at = algorithm.lastIndexOf('-SHA');
  return {
    scheme: algorithm.slice(0, at) as AlgorithmParts['scheme'],
    digestLength: Number(algorithm.slice(at + '-SHA'.length)) / 8,
  };
}

// RFC 8017 §9.2, note 1: DER of DigestInfo up to the digest.
const digestInfo: Readonly<Record<number, string>> = {
  32: '3031300d060960864801650304020105000420',
  48: '3041300d060960864801650304020205000430',
  64: '3051300d060960864801650304020305000440',
};

/** DigestInfo (RFC 8017 §9.2) around a digest of 32, 48 or 64 bytes. Fails with `call-invalid` for another length. */
export function withDigestInfo(digest: Uint8Array): Uint8Array {
  const head = digestInfo[digest.length];
  if (head === undefined) throw new Failure('call-invalid', { call: 'sign', why: 'digest' });
  return joined([fromHex(head), digest]);
}

/** A digest in `length` bytes: zeros on the left, or its first bytes, which is what ECDSA takes of it (FIPS 186-5 §6.4.1). */
export function fitDigest(digest: Uint8Array, length: number): Uint8Array {
  if (digest.length >= length) return digest.slice(0, length);
  return joined([new Uint8Array(length - digest.length), digest]);
}
