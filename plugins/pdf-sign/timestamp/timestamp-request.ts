import { boolean, digestId, type DigestName, integer, nothing, octets, oid, sequence } from '@sigill/core/cms';

/** What a token is asked for. */
export interface Imprint {
  readonly digestAlgorithm: Extract<DigestName, 'SHA-256' | 'SHA-384' | 'SHA-512'>;
  readonly digest: Uint8Array;
}

/** TimeStampReq (RFC 3161 §2.4.1), DER: with a nonce, and asking for the authority's certificate. */
export function timestampRequest({ digestAlgorithm, digest }: Imprint, nonce: Uint8Array): Uint8Array {
  const imprint = sequence(sequence(oid(digestId(digestAlgorithm)), nothing()), octets(digest));
  return sequence(integer(1), imprint, integer(nonce), boolean(true));
}
