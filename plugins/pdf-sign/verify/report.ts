import type { Message, TrustAnchor } from '@sigill/core';

/** The main verdict (ETSI EN 319 102-1 §5.1.3). */
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED';

/** Why not TOTAL-PASSED (ETSI EN 319 102-1 §5.1.3, tables 5 and 6). */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'TRY_LATER';

/** A sentence of the plugin's messages under `verify.`, with what is to be put into it. */
export interface Sentence extends Message {
  readonly key: `verify.${string}`;
  readonly values: Readonly<Record<string, string>>;
}

/** How far a signature lasts. `PKCS7`, `PKCS1` and `CAdES` are not PAdES; their letters mean the same. */
export type Level =
  | `PAdES-B-${'B' | 'T' | 'LT' | 'LTA'}`
  | `PKCS7-${'B' | 'T' | 'LT' | 'LTA'}`
  | `PKCS1-${'B' | 'T' | 'LT' | 'LTA'}`
  | 'document-timestamp';

/** One certificate of a chain and what is known of its revocation at the time that counts. Times are ISO 8601 throughout. */
export interface LinkReport {
  /** RFC 4514. */
  readonly subject: string;
  readonly name: string;
  readonly issuer: string;
  readonly serial: string;
  /** Hex. */
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly qualified: boolean;
  /** `anchor` needs no answer; `exempt` is a responder's. */
  readonly revocation: 'anchor' | 'good' | 'revoked' | 'unknown' | 'exempt';
  readonly revokedAt?: string;
  /** Where the answer came from. */
  readonly answer?: { readonly kind: 'ocsp' | 'crl'; readonly from: 'document' | 'network'; readonly time: string };
}

export interface TimestampReport {
  readonly kind: 'signature' | 'document';
  readonly indication: 'PASSED' | 'INDETERMINATE' | 'FAILED';
  /** A sub-indication, or the fault of the token itself. */
  readonly why?: string;
  readonly time?: string;
  readonly authority?: string;
  readonly chain: readonly LinkReport[];
  readonly trust?: TrustAnchor['source'];
}

/** All that is known of one signature or document timestamp. */
export interface SignatureReport {
  readonly kind: 'signature' | 'timestamp';
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  /** The verdict in one sentence. */
  readonly sentence: Sentence;
  readonly level?: Level;
  readonly subFilter: string;
  /** Common name of the certificate. */
  readonly signer?: string;
  /** Leaf first; empty when there is no certificate. */
  readonly chain: readonly LinkReport[];
  /** Who vouches for the chain's end. */
  readonly trust?: TrustAnchor['source'];
  /** As the document says, and as timestamps prove: it is not younger. */
  readonly claimedTime?: string;
  readonly provenTime?: string;
  /** `RSA-PSS SHA-256`, `ECDSA SHA-384`. */
  readonly algorithm?: string;
  readonly timestamps: readonly TimestampReport[];
  /** What else should be said, each a sentence. */
  readonly notes: readonly Sentence[];
}

/** A time for a sentence: `2026-01-31 12:00 UTC`. */
export const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
