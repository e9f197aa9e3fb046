import { type Ber, Malformed } from './ber.js';
import { toHex } from './bytes.js';

/** OBJECT IDENTIFIER in dotted form. Fails with `Malformed`, as all here. */
export function oidOf(object: Ber | undefined): string {
  if (object?.tag !== 0x06 || object.value.length > 64) throw new Malformed('object identifier');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of object.value) {
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) arc = Number.MAX_SAFE_INTEGER / 256;
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...others].join('.');
}

/** INTEGER as hex of its content, leading zero bytes cut: two of the same value have the same text. */
export function integerHex(object: Ber | undefined): string {
  if (object?.tag !== 0x02 || object.value.length === 0) throw new Malformed('integer');
  return toHex(object.value).replace(/^(00)+(?=.)/, '');
}

/** INTEGER as a number; larger than 2^31 is malformed. */
export function smallInteger(object: Ber | undefined): number {
  const value = Number.parseInt(integerHex(object), 16);
  if (value > 0x7fff_ffff) throw new Malformed('integer');
  return value;
}

/** BIT STRING: its bytes without the count of unused bits. */
export function bitsOf(object: Ber | undefined): Uint8Array {
  if (object?.tag !== 0x03 || object.value.length === 0) throw new Malformed('bit string');
  return object.value.subarray(1);
}

/** OCTET STRING. */
export function octetsOf(object: Ber | undefined): Uint8Array {
  if (object?.tag !== 0x04) throw new Malformed('octet string');
  return object.value;
}

/** BOOLEAN; absent is false. */
export const truth = (object: Ber | undefined): boolean => object !== undefined && object.value[0] !== 0;

/** UTCTime or GeneralizedTime, in milliseconds since 1970. Fractions and zones are read too: old files have them. */
export function timeOf(object: Ber | undefined): number {
  if (object?.tag !== 0x17 && object?.tag !== 0x18) throw new Malformed('time');
  const text = latin(object.value);
  const found = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?(Z|[+-]\d{4})?$/.exec(text);
  if (!found || (found[1]?.length === 2) !== (object.tag === 0x17)) throw new Malformed('time');
  const [, year = '', month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = found;
  const century = year.length === 4 ? '' : Number(year) < 50 ? '20' : '19';
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = Date.parse(
    `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
  );
  if (Number.isNaN(at)) throw new Malformed('time');
  return at;
}

/** Bytes as Latin-1 text; for names and addresses, at most 4096 characters. */
export function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4096));
}
