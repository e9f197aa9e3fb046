import { findTlv, scanTlv, type Tlv } from './tlv.js';

/** The objects inside a constructed value, or undefined when they are not whole. */
export function insideOf(value: Uint8Array): readonly Tlv[] | undefined {
  const { objects, broken } = scanTlv(value);
  return broken ? undefined : objects;
}

/** The objects inside the first object with `tag`, or undefined. */
export function insideTag(objects: readonly Tlv[], tag: number): readonly Tlv[] | undefined {
  const value = findTlv(objects, tag);
  return value && insideOf(value);
}

/** An INTEGER's content as a number without sign; undefined beyond four bytes. References such as 82 are written with and without a zero in front. */
export function unsignedNumber(content: Uint8Array): number | undefined {
  const start = content.findIndex((byte) => byte !== 0);
  if (start < 0) return content.length > 0 ? 0 : undefined;
  const significant = content.subarray(start);
  return significant.length > 4 ? undefined : significant.reduce((value, byte) => value * 256 + byte, 0);
}

/** True when bit `number` (0 the first) of a BIT STRING's content is set. */
export function hasBit(content: Uint8Array | undefined, number: number): boolean {
  const byte = content?.[1 + (number >> 3)];
  return byte !== undefined && (byte & (0x80 >> (number & 7))) !== 0;
}

/** Text of a string type, without characters that could steer a terminal. */
export function plainText(content: Uint8Array): string {
  return new TextDecoder('utf-8')
    .decode(content)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .trim();
}

/** An OBJECT IDENTIFIER's content in dotted form; undefined when it is not whole. */
export function dottedOid(content: Uint8Array): string | undefined {
  const arcs: number[] = [];
  let value = 0;
  let open = false;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(value)) return undefined;
    open = byte >= 0x80;
    if (open) continue;
    arcs.push(value);
    value = 0;
  }
  const [first, ...others] = arcs;
  if (open || first === undefined) return undefined;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...others].join('.');
}
