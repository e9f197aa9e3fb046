import type { PinFormat } from '../card/profile.js';
import type { ChipPin } from './chip-image.js';
import { status } from './status.js';

/**
 * The digits in a PIN block, or the status word that refuses it: 6700 for a wrong block length, 6A80 for other padding
 * than the card's (cards.md §1.5). A `new` value must have a length that the chip accepts.
 */
export function readPinBlock(block: Uint8Array, format: PinFormat, pin: ChipPin, purpose?: 'new'): string | number {
  const { blockLength, pad } = format;
  if (blockLength === undefined ? block.length === 0 || block.length > pin.maxLength : block.length !== blockLength) {
    return status.wrongLength;
  }
  const end = block.findIndex((byte) => byte < 0x30 || byte > 0x39);
  const length = end < 0 ? block.length : end;
  if (length === 0 || block.subarray(length).some((byte) => byte !== pad)) return status.badData;
  if (purpose === 'new' && (length < pin.minLength || length > pin.maxLength)) return status.badData;
  return String.fromCharCode(...block.subarray(0, length));
}
