import { toHex } from '../bytes.js';
import { hasBit, unsignedNumber } from '../der.js';
import { findTlv } from '../tlv.js';
import { readCardObject } from './card-object.js';
import { type Entries, readEntries } from './entries.js';
import { type FilePath, readFilePath } from './file-path.js';

/** How PIN digits are stored (ISO/IEC 7816-15 §8.9.2). */
export type PinEncoding = 'bcd' | 'ascii' | 'utf8' | 'half-nibble-bcd' | 'iso9564-1';

/** A PIN as the card describes it. */
export interface PinObject {
  readonly label?: string;
  /** Hex: what guarded objects name. */
  readonly authId?: string;
  /** P2 of VERIFY. */
  readonly reference: number;
  readonly encoding: PinEncoding;
  readonly minLength: number;
  readonly maxLength?: number;
  readonly storedLength: number;
  /** Byte that fills the stored length up; absent when digits go as typed. */
  readonly pad?: number;
  readonly unblocking: boolean;
  /** The issuer's own, of no use to the holder. */
  readonly securityOfficer: boolean;
  readonly file?: FilePath;
}

const encodings: readonly PinEncoding[] = ['bcd', 'ascii', 'utf8', 'half-nibble-bcd', 'iso9564-1'];

// Bits of pinFlags.
const needsPadding = 5;
const unblockingPin = 6;
const soPin = 7;

/** Reads EF.AOD: the PINs; biometrics and keys are left out with a note. */
export function parsePins(bytes: Uint8Array): Entries<PinObject> {
  return readEntries('EF.AOD', bytes, (entry) => {
    const object = readCardObject(entry);
    if (!object || object.kind !== 0x30) return undefined;
    const { typeAttributes: own, classAttributes, label } = object;
    const flags = findTlv(own, 0x03);
    const encoding = encodings[unsignedNumber(findTlv(own, 0x0a) ?? new Uint8Array()) ?? -1];
    const [minLength, storedLength, maxLength] = own
      .filter(({ tag }) => tag === 0x02)
      .map(({ value }) => unsignedNumber(value));
    if (!encoding || minLength === undefined || storedLength === undefined) return undefined;
    const reference = unsignedNumber(findTlv(own, 0x80) ?? Uint8Array.of(0));
    if (reference === undefined || reference > 0xff) return undefined;
    const authId = findTlv(classAttributes, 0x04);
    const path = findTlv(own, 0x30);
    const file = path && readFilePath(path);
    return {
      ...(label !== undefined && { label }),
      ...(authId && { authId: toHex(authId) }),
      reference,
      encoding,
      minLength,
      ...(maxLength !== undefined && { maxLength }),
      storedLength,
      ...(hasBit(flags, needsPadding) && { pad: findTlv(own, 0x04)?.[0] ?? 0xff }),
      unblocking: hasBit(flags, unblockingPin),
      securityOfficer: hasBit(flags, soPin),
      ...(file && { file }),
    };
  });
}
