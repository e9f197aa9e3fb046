import { toHex } from '../bytes.js';
import { findTlv, type Tlv } from '../tlv.js';
import { insideOf, unsignedNumber } from '../der.js';

/** Where an object lies (ISO/IEC 7816-15 §8.2.5, Path). */
export interface FilePath {
  /** Hex file ids; from the root when it begins with 3f00. */
  readonly path: string;
  /** First byte and length of the part that is meant; absent for the whole file. */
  readonly index?: number;
  readonly length?: number;
}

const longestPath = 16;

/** Reads the content of a Path; undefined for one that names no file. */
export function readFilePath(content: Uint8Array): FilePath | undefined {
  const parts = insideOf(content);
  const path = parts && findTlv(parts, 0x04);
  if (!path || path.length < 2 || path.length % 2 === 1 || path.length > longestPath) return undefined;
  const index = numberAt(parts, 0x02);
  const length = numberAt(parts, 0x80);
  return { path: toHex(path), ...(index !== undefined && { index }), ...(length !== undefined && { length }) };
}

function numberAt(parts: readonly Tlv[], tag: number): number | undefined {
  const content = findTlv(parts, tag);
  return content && unsignedNumber(content);
}
