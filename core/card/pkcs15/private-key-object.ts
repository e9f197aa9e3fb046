import { toHex } from '../bytes.js';
import { hasBit, insideOf, unsignedNumber } from '../der.js';
import { findTlv, type Tlv } from '../tlv.js';
import { readCardObject } from './card-object.js';
import { type Entries, readEntries } from './entries.js';
import { type FilePath, readFilePath } from './file-path.js';

/** Bits of KeyUsageFlags (ISO/IEC 7816-15 §8.2.10), in their order. */
const keyUses = [
  'encipher',
  'decipher',
  'sign',
  'signRecover',
  'keyEncipher',
  'keyDecipher',
  'verify',
  'verifyRecover',
  'derive',
  'nonRepudiation',
] as const;

export type KeyUse = (typeof keyUses)[number];

/** A private key as the card describes it. */
export interface PrivateKeyObject {
  readonly label?: string;
  /** Hex; the certificate has the same. */
  readonly id: string;
  readonly authId?: string;
  readonly userConsent: boolean;
  readonly algorithm: 'RSA' | 'EC' | 'other';
  readonly usage: readonly KeyUse[];
  /** Value of tag 84 in MANAGE SECURITY ENVIRONMENT. */
  readonly reference?: number;
  readonly file?: FilePath;
  /** Bits of an RSA modulus. */
  readonly size?: number;
  /** Entries of supportedAlgorithms in EF.CIAInfo. */
  readonly algorithmReferences: readonly number[];
}

/** Reads EF.PrKD. */
export function parsePrivateKeys(bytes: Uint8Array): Entries<PrivateKeyObject> {
  return readEntries('EF.PrKD', bytes, (entry) => {
    const object = readCardObject(entry);
    const id = object && findTlv(object.classAttributes, 0x04);
    if (!object || !id || id.length === 0) return undefined;
    const { classAttributes: common, typeAttributes: own, label, authId, userConsent } = object;
    const algorithm = entry.tag === 0x30 ? 'RSA' : entry.tag === 0xa0 ? 'EC' : 'other';
    const flags = findTlv(common, 0x03);
    const reference = numberIn(common, 0x02);
    const path = findTlv(own, 0x30);
    const file = path && readFilePath(path);
    const size = algorithm === 'RSA' ? numberIn(own, 0x02) : undefined;
    return {
      ...(label !== undefined && { label }),
      id: toHex(id),
      ...(authId !== undefined && { authId }),
      userConsent,
      algorithm,
      usage: keyUses.filter((_, bit) => hasBit(flags, bit)),
      ...(reference !== undefined && { reference }),
      ...(file && { file }),
      ...(size !== undefined && { size }),
      algorithmReferences: numbersIn(findTlv(common, 0xa1)),
    };
  });
}

function numberIn(parts: readonly Tlv[], tag: number): number | undefined {
  const content = findTlv(parts, tag);
  return content && unsignedNumber(content);
}

function numbersIn(content: Uint8Array | undefined): readonly number[] {
  const numbers = (content && insideOf(content)) ?? [];
  return numbers.flatMap(({ tag, value }) => (tag === 0x02 ? (unsignedNumber(value) ?? []) : []));
}
