import { joined } from '../card/bytes.js';
import { encodeTlv } from '../card/tlv.js';

/** SEQUENCE. */
export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);

/** Context tag [number], constructed. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  encodeTlv(0xa0 | number, ...parts);

/** OCTET STRING. */
export const octets = (value: Uint8Array): Uint8Array => encodeTlv(0x04, value);

/** UTF8String. */
export const utf8 = (text: string): Uint8Array => encodeTlv(0x0c, new TextEncoder().encode(text));

export const nothing = (): Uint8Array => Uint8Array.of(0x05, 0x00);

/** INTEGER that is not negative, below 2^31. */
export function integer(value: number, tag = 0x02): Uint8Array {
  const bytes = [value & 0xff];
  for (let rest = value >> 8; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  return encodeTlv(tag, Uint8Array.from((bytes[0] ?? 0) > 0x7f ? [0, ...bytes] : bytes));
}

/** BIT STRING with these bits set, bit 0 first, without zero bits at its end (X.690 §11.2.2). */
export function bits(...set: readonly number[]): Uint8Array {
  if (set.length === 0) return Uint8Array.of(0x03, 0x01, 0x00);
  const last = Math.max(...set);
  const body = new Uint8Array((last >> 3) + 1);
  for (const bit of set) body[bit >> 3] = (body[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return encodeTlv(0x03, Uint8Array.of(7 - (last & 7)), body);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encodeTlv(0x06, joined([first * 40 + second, ...rest].map(base128)));
}

function base128(value: number): Uint8Array {
  const bytes = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left & 0x7f) | 0x80);
  return Uint8Array.from(bytes);
}
