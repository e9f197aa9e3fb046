import { strFromU8, strToU8 } from 'fflate';
import type { PdfString } from './objects.js';

/** Bytes, one for each character. */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Characters, one for each byte. */
export function latin(bytes: Uint8Array): string {
  return strFromU8(bytes, true);
}

/** A text string (ISO 32000-1 §7.9.2.2): plain ASCII as it is, anything else UTF-16 with its mark. */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return { kind: 'string', bytes: bytesOf(text) };
  const bytes = new Uint8Array(2 + 2 * text.length);
  bytes.set([0xfe, 0xff]);
  for (let at = 0; at < text.length; at += 1) {
    bytes[2 + 2 * at] = text.charCodeAt(at) >> 8;
    bytes[3 + 2 * at] = text.charCodeAt(at) & 0xff;
  }
  return { kind: 'string', bytes };
}

/** What a text string says: UTF-16 or UTF-8 with their marks, else PDFDocEncoding. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 0);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 1);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return strFromU8(bytes.subarray(3));
  return latin(bytes).replace(/[\x18-\x1f\x80-\xa0]/g, (char) => docEncoding.get(char.charCodeAt(0)) ?? '\ufffd');
}

/** Bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array => strToU8(text);

function utf16(bytes: Uint8Array, low: 0 | 1): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at + low] ?? 0) << 8) | (bytes[at + 1 - low] ?? 0));
  }
  return text;
}

// ISO 32000-1 annex D.2: where PDFDocEncoding is not Latin-1.
const docEncoding = new Map<number, string>([
  ...[...'˘ˇˆ˙˝˛˚˜'].map((char, at): [number, string] => [0x18 + at, char]),
  ...[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((char, at): [number, string] => [0x80 + at, char]),
  [0xa0, '€'],
]);
