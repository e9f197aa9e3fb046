import { Failure } from '../failure.js';
import { steadyBytes } from './bytes.js';
import type { PinFormat } from './profile.js';

const zero = 0x30;
const nine = 0x39;

/**
 * Digits (ASCII) as bytes of a PIN command, in a fresh array that the caller wipes.
 * Fails with `secret-not-digits`, and with `secret-length` when they do not fit in the block.
 */
export function encodePin(digits: Uint8Array, format: PinFormat): Uint8Array {
  if (!digits.every((digit) => digit >= zero && digit <= nine))
    throw new Failure('secret-not-digits', { field: 'pin' });
  const packed = format.encoding === 'bcd';
  const length = packed ? Math.ceil(digits.length / 2) : digits.length;
  const blockLength = format.blockLength ?? length;
  if (length > blockLength) {
    throw new Failure('secret-length', { field: 'pin', min: 1, max: packed ? blockLength * 2 : blockLength });
  }
  const block = steadyBytes(blockLength).fill(format.pad ?? 0xff);
  if (packed) pack(digits, block);
  else block.set(digits);
  return block;
}

// ISO 7816-15 `bcd`: two digits in a byte, a half byte left over stays as the filling has it.
function pack(digits: Uint8Array, block: Uint8Array): void {
  digits.forEach((digit, at) => {
    const half = digit - zero;
    const kept = block[at >> 1]!;
    block[at >> 1] = at % 2 === 0 ? (half << 4) | (kept & 0x0f) : (kept & 0xf0) | half;
  });
}
