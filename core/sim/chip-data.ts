import type { Command, Response } from '../card/apdu.js';
import { fromHex, toHex } from '../card/bytes.js';
import { encodeTlv, findTlv, scanTlv } from '../card/tlv.js';
import type { ChipFiles } from './chip-files.js';
import type { Dialect } from './chip-image.js';
import type { ChipPins } from './chip-pins.js';
import { answer, word } from './reply.js';
import { status } from './status.js';

/** GET DATA with an even instruction: objects by their number. */
export function getData({ cla, p1, p2 }: Command, dialect: Dialect): Response {
  const value = dialect.objects.get(toHex(Uint8Array.of(cla, p1, p2)));
  return value ? answer(value) : word(status.referenceUnknown);
}

/** GET DATA 00 CB 00 FF: a PIN's attributes in 37 bytes (S1 v4.2 §3.15; cards.md §1.7). */
export function getPinAttributes(command: Command, dialect: Dialect, pins: ChipPins, files: ChipFiles): Response {
  const { p1, p2, data = new Uint8Array() } = command;
  if (!dialect.pinAttributes || p1 !== 0x00 || p2 !== 0xff) return word(status.referenceUnknown);
  const template = findTlv(scanTlv(data).objects, 0xa0);
  const reference = template && findTlv(scanTlv(template).objects, 0x83);
  if (reference?.length !== 1) return word(status.badData);
  const found = pins.find(reference[0] ?? 0, files.insideApplication);
  if (!found) return word(status.referenceUnknown);
  const { state } = found;
  return answer(
    encodeTlv(
      0xa0,
      encodeTlv(0x83, reference),
      encodeTlv(0x8c, fromHex('78131313')),
      encodeTlv(0x9c, fromHex('78131313')),
      // Tries left; uses without limit; unblocks without limit; unblocked by the PUK.
      encodeTlv(0xdf21, Uint8Array.of(state.triesLeft, 0xff, 0xa5, 0x03)),
      encodeTlv(0xdf27, fromHex('ffff')),
      encodeTlv(0xdf28, Uint8Array.of(dialect.pin.blockLength ?? 0)),
      encodeTlv(0xdf2f, Uint8Array.of(state.changed ? 1 : 0)),
    ),
  );
}
