import { sameBytes } from './bytes.js';

/** A certificate as it was read from a card: public, and the same until the card is renewed. */
export interface CachedCertificate {
  /** As in the profile. */
  readonly id: string;
  /** Bytes that the card told for the file; 0 when it tells none. */
  readonly length: number;
  readonly der: Uint8Array;
}

/** What is remembered of a card that was seen; its first certificate is the one it is known by. */
export interface CachedCard {
  /** The profile's id. */
  readonly profile: string;
  readonly certificates: readonly CachedCertificate[];
}

/** Cards seen before. Holds public data alone: never a PIN, a counter or a state. */
export interface CardCache {
  /** The card that `isCachedCard` says is this one. */
  find(profile: string, length: number, head: Uint8Array): CachedCard | undefined;
  /** Remembers a card in place of what was remembered under the same first certificate. */
  keep(card: CachedCard): void;
}

/** Enough of a certificate to hold its serial number and the beginning of its issuer. */
const leastHead = 64;

/**
 * True when `card` is the one whose first certificate has `length` bytes and begins with `head` (at most 256 bytes):
 * the serial number and the issuer stand there, so that a renewed certificate never is the same.
 */
export function isCachedCard(card: CachedCard, profile: string, length: number, head: Uint8Array): boolean {
  const [first] = card.certificates;
  return card.profile === profile && first !== undefined && isSameCertificate(first, length, head);
}

/** True when a certificate's length and first bytes are those that were read. */
export function isSameCertificate(cached: CachedCertificate, length: number, head: Uint8Array): boolean {
  const compared = Math.min(head.length, cached.der.length);
  return (
    cached.length === length &&
    compared >= leastHead &&
    sameBytes(cached.der.subarray(0, compared), head.subarray(0, compared))
  );
}
