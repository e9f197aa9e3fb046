import type { DigestAlgorithm, PublicKey, Reader } from '@sigill/core';

/** The digests that the keys of the cards in these readers sign, each once: those of a curve's own size, SHA-256 for all others (RFC 5754 §3). */
export function digestsOfCards(readers: readonly Reader[]): readonly DigestAlgorithm[] {
  const keys = readers.flatMap(({ card }) => card?.certificates.map(({ key }) => key) ?? []);
  return [...new Set(keys.map(digestOfKey))];
}

function digestOfKey({ curve }: PublicKey): DigestAlgorithm {
  if (curve === 'P-384') return 'SHA-384';
  return curve === 'P-521' ? 'SHA-512' : 'SHA-256';
}
