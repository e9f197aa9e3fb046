import { token } from '../token.js';
import type { CardId } from './cards.js';

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

/** Signatures with a card's key; the host asks for the PIN. Needs permission `sign`. */
export interface Signing {
  sign(request: SignRequest): Promise<Signature>;
}

export const Signing = token<Signing>('Signing');
