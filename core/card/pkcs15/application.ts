import { toHex } from '../bytes.js';
import { insideOf, plainText } from '../der.js';
import { findTlv } from '../tlv.js';
import { type Entries, readEntries } from './entries.js';

/** One application that EF.DIR names (ISO 7816-4 §12.2.3.3). */
export interface CardApplication {
  /** Hex. */
  readonly aid: string;
  readonly label?: string;
  /** Hex path of its DF. */
  readonly path?: string;
}

/** Reads EF.DIR: application templates 61 with 4F, 50 and 51. */
export function parseApplications(bytes: Uint8Array): Entries<CardApplication> {
  return readEntries('EF.DIR', bytes, ({ tag, value }) => {
    const parts = tag === 0x61 ? insideOf(value) : undefined;
    const aid = parts && findTlv(parts, 0x4f);
    if (!aid || aid.length < 1 || aid.length > 16) return undefined;
    const label = findTlv(parts, 0x50);
    const path = findTlv(parts, 0x51);
    return { aid: toHex(aid), ...(label && { label: plainText(label) }), ...(path && { path: toHex(path) }) };
  });
}
