import { token } from '../token.js';
import type { CardId } from './cards.js';

/** How a cryptogram for an RSA key is padded (RFC 8017 §7); OAEP with the same digest in both places and no label. */
export type DecryptAlgorithm = 'RSA-PKCS1' | `RSA-OAEP-SHA${1 | 256 | 384 | 512}`;

export interface DecipherRequest {
  readonly card: CardId;
  /** The key's id, as in its certificate. */
  readonly key: string;
  readonly algorithm: DecryptAlgorithm;
  /** As long as the modulus. */
  readonly cryptogram: Uint8Array;
}

export interface AgreeRequest {
  readonly card: CardId;
  readonly key: string;
  /** Uncompressed, of the key's own curve. */
  readonly point: Uint8Array;
}

/**
 * What a card's key opens: keys that mail was encrypted with. The host asks for the PIN each time. Needs permission `decrypt`.
 * Fails with `key-unknown`, `key-algorithm`, `card-refused`, and as `Pins.verify` does.
 */
export interface Decrypting {
  /** Deciphers with an RSA key; gives what is under the padding. */
  decipher(request: DecipherRequest): Promise<Uint8Array>;
  /** The x coordinate that an EC key shares with a point (ECDH). */
  agree(request: AgreeRequest): Promise<Uint8Array>;
}

export const Decrypting = token<Decrypting>('Decrypting');
