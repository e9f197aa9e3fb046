import { encodeTlv } from '../card/tlv.js';
import type { CardFile } from './chip-image.js';

/** FINEID's answer to SELECT with FCP: the length of a file and nothing more (cards.md §1.3); of a directory its kind, id and name. */
export function lengthControl(file: CardFile): Uint8Array {
  return file.kind === 'ef'
    ? encodeTlv(0x62, encodeTlv(0x81, two(file.content.length)))
    : encodeTlv(0x62, ...facts(file));
}

/** The answer to SELECT with FCI that OpenSC's drivers expect (cards.md §2.6): size, kind, id, name, life cycle. */
export function fullControl(file: CardFile): Uint8Array {
  return encodeTlv(0x6f, ...facts(file), encodeTlv(0x8a, Uint8Array.of(0x05)));
}

function facts(file: CardFile): Uint8Array[] {
  const kind = encodeTlv(0x82, Uint8Array.of(file.kind === 'ef' ? 0x01 : 0x38));
  const id = encodeTlv(0x83, two(file.id));
  if (file.kind === 'ef') return [encodeTlv(0x80, two(file.content.length)), kind, id];
  return file.name ? [kind, id, encodeTlv(0x84, file.name)] : [kind, id];
}

function two(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
