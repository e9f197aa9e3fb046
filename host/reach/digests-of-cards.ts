import type { DigestAlgorithm, Reader } from '@sigill/core';
import { usualAlgorithm } from '../pin/usual-algorithm.js';

/** The digests that the keys of the cards in these readers usually sign, each once. */
export function digestsOfCards(readers: readonly Reader[]): readonly DigestAlgorithm[] {
  const algorithms = readers.flatMap(({ card }) => card?.certificates.map(({ key }) => usualAlgorithm(key)) ?? []);
  return [
    ...new Set(algorithms.flatMap((one) => (one === undefined ? [] : [`SHA-${one.slice(-3)}` as DigestAlgorithm]))),
  ];
}
