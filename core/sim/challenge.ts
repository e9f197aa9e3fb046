import { sha256 } from '@noble/hashes/sha2.js';
import { joined } from '../card/bytes.js';

/** `length` bytes for the `count`-th GET CHALLENGE: they look random and are the same in every run. */
export function challenge(count: number, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_none, block) =>
    sha256(Uint8Array.of(count >> 8, count & 0xff, block >> 8, block & 0xff)),
  );
  return joined(blocks).slice(0, length);
}
