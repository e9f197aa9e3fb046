import { Failure } from '../failure.js';
import { joined } from './bytes.js';

/** One BER-TLV data object (ISO 7816-4 §5.2.2). `tag` is its bytes as one number, such as 0xDF2F. */
export interface Tlv {
  readonly tag: number;
  readonly value: Uint8Array;
}

const longestTag = 3;
const longestLength = 4;

/** The data objects of `bytes`, one after the other; filling (00, FF) between them is passed over. Fails with `card-malformed`. */
export function parseTlv(bytes: Uint8Array): readonly Tlv[] {
  const { objects, broken } = scanTlv(bytes);
  if (broken) throw new Failure('card-malformed', { what: 'tlv' });
  return objects;
}

/** As `parseTlv`, but keeps what stands before the first broken place. */
export function scanTlv(bytes: Uint8Array): { readonly objects: readonly Tlv[]; readonly broken: boolean } {
  const objects: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    // ISO 7816-4 §5.2.2: 00 and FF may stand before, between and after data objects.
    if (bytes[at] === 0x00 || bytes[at] === 0xff) {
      at += 1;
      continue;
    }
    const tag = readTag(bytes, at);
    const length = tag && readLength(bytes, tag.end);
    if (!length || length.end + length.value > bytes.length) return { objects, broken: true };
    objects.push({ tag: tag.value, value: bytes.subarray(length.end, length.end + length.value) });
    at = length.end + length.value;
  }
  return { objects, broken: false };
}

/** Bytes of the first data object of `bytes` with its head, or undefined when the head is not whole. */
export function tlvLength(bytes: Uint8Array): number | undefined {
  const tag = readTag(bytes, 0);
  const length = tag && readLength(bytes, tag.end);
  return length && length.end + length.value;
}

/** The value of the first object with `tag`. */
export function findTlv(objects: readonly Tlv[], tag: number): Uint8Array | undefined {
  return objects.find((object) => object.tag === tag)?.value;
}

/** One data object with the joined `parts` as its value. */
export function encodeTlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const value = joined(parts);
  return joined([Uint8Array.from(bigEndian(tag)), encodeLength(value.length), value]);
}

interface Field {
  readonly value: number;
  readonly end: number;
}

function readTag(bytes: Uint8Array, start: number): Field | undefined {
  let value = bytes[start];
  if (value === undefined) return undefined;
  let end = start + 1;
  if ((value & 0x1f) !== 0x1f) return { value, end };
  while (end - start < longestTag) {
    const next = bytes[end];
    if (next === undefined) return undefined;
    value = (value << 8) | next;
    end += 1;
    if (next < 0x80) return { value, end };
  }
  return undefined;
}

function readLength(bytes: Uint8Array, start: number): Field | undefined {
  const first = bytes[start];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, end: start + 1 };
  const count = first & 0x7f;
  // Count 0 is the indefinite length, which cards do not use.
  if (count === 0 || count > longestLength || start + 1 + count > bytes.length) return undefined;
  let value = 0;
  for (const byte of bytes.subarray(start + 1, start + 1 + count)) value = value * 256 + byte;
  return { value, end: start + 1 + count };
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const digits = bigEndian(length);
  return Uint8Array.of(0x80 | digits.length, ...digits);
}

function bigEndian(value: number): readonly number[] {
  const bytes: number[] = [value & 0xff];
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff);
  return bytes;
}
