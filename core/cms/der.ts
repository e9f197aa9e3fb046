import { compareBytes, joined } from './bytes.js';

/** One object in DER: tag, length, the parts one after the other. */
export function encode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([Uint8Array.of(tag, ...lengthBytes(length)), ...parts]);
}

/** SEQUENCE. */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encode(0x30, ...parts);

/** SET OF: in DER its members are sorted by their encodings (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => encode(0x31, ...parts.toSorted(compareBytes));

/** Context tag [number], constructed. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => encode(0xa0 | number, ...parts);

export const octets = (value: Uint8Array): Uint8Array => encode(0x04, value);

export const boolean = (value: boolean): Uint8Array => Uint8Array.of(0x01, 0x01, value ? 0xff : 0x00);

export const nothing = (): Uint8Array => Uint8Array.of(0x05, 0x00);

/** INTEGER that is not negative, from its magnitude, big-endian. */
export function integer(magnitude: Uint8Array | number): Uint8Array {
  const bytes = typeof magnitude === 'number' ? bigEndian(magnitude) : magnitude;
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const significant = bytes.subarray(start);
  return encode(0x02, (significant[0] ?? 0) < 0x80 ? significant : joined([Uint8Array.of(0), significant]));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** UTCTime until 2049, GeneralizedTime after that (RFC 5280 §4.1.2.5), whole seconds. */
export function time(at: Date): Uint8Array {
  const digits = at.toISOString().replaceAll(/\.\d+|[-:T]/g, '');
  const year = at.getUTCFullYear();
  const short = year >= 1950 && year < 2050;
  return encode(short ? 0x17 : 0x18, new TextEncoder().encode(short ? digits.slice(2) : digits));
}

function lengthBytes(length: number): number[] {
  return length < 0x80 ? [length] : ((bytes) => [0x80 | bytes.length, ...bytes])(bigEndian(length));
}

function bigEndian(value: number): Uint8Array {
  const bytes = [value & 0xff];
  for (let left = Math.floor(value / 256); left > 0; left = Math.floor(left / 256)) bytes.unshift(left & 0xff);
  return Uint8Array.from(bytes);
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}
