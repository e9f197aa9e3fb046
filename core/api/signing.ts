import type { FailureData } from '../failure.js';
import { token } from '../token.js';
import type { CardId } from './cards.js';
import type { DocumentId } from './documents.js';

/** What a card key can sign with; the digest is made by the caller. */
export type SignatureAlgorithm =
  `RSA-PKCS1-SHA${256 | 384 | 512}` | `RSA-PSS-SHA${256 | 384 | 512}` | `ECDSA-SHA${256 | 384 | 512}`;

export interface SignRequest {
  readonly card: CardId;
  /** The key's id, as in its certificate. */
  readonly key: string;
  readonly algorithm: SignatureAlgorithm;
  /** 32, 48 or 64 bytes, as the algorithm says. */
  readonly digest: Uint8Array;
}

export interface Signature {
  readonly algorithm: SignatureAlgorithm;
  /** RSA: the modulus' length, big-endian. EC: DER SEQUENCE of r and s (RFC 3279 §2.2.3). */
  readonly value: Uint8Array;
}

/** One signature of several that the person consents to at once. */
export interface DocumentToSign {
  /** What the person is shown: its name, and its digest, which the host makes itself. */
  readonly document: DocumentId;
  /** As in `SignRequest`. */
  readonly digest: Uint8Array;
}

export interface SignDocumentsRequest {
  readonly card: CardId;
  readonly key: string;
  readonly algorithm: SignatureAlgorithm;
  readonly documents: readonly DocumentToSign[];
}

/** What became of one of them; in the order of the request. */
export type DocumentSignature = { readonly value: Uint8Array } | { readonly failure: FailureData };

/** Signatures with a card's key; the host asks for the PIN. Needs permission `sign`. */
export interface Signing {
  sign(request: SignRequest): Promise<Signature>;
  /**
   * One consent that lists the documents; one PIN where the card's profile allows it, else one for each signature. Tells how far it is
   * through the command's progress. Fails as `sign` does when nothing was signed; what failed after the first signature is in its place.
   */
  signDocuments(request: SignDocumentsRequest): Promise<readonly DocumentSignature[]>;
}

export const Signing = token<Signing>('Signing');
