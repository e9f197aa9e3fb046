import type { Key } from '../../api/cards.js';
import type { PrivateKeyObject } from './private-key-object.js';

/** A private key of the card's directory as a person sees it. */
export function keyDetails({ id, label, algorithm, size, usage }: PrivateKeyObject): Key {
  const does = (...uses: typeof usage): boolean => uses.some((use) => usage.includes(use));
  return {
    id,
    label: label || id,
    algorithm,
    size: size ?? 0,
    usage: [
      ...(does('sign', 'signRecover', 'nonRepudiation') ? (['sign'] as const) : []),
      ...(does('decipher', 'keyDecipher') ? (['decrypt'] as const) : []),
      ...(does('derive') ? (['derive'] as const) : []),
    ],
  };
}
