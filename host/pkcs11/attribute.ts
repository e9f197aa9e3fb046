import { CKA, CKR } from './constants.js';
import { Refusal } from './refusal.js';
import type { WireReader } from './wire-reader.js';
import type { WireWriter } from './wire-writer.js';

/** A value of an attribute: CK_BBOOL, CK_ULONG, or bytes. */
export type AttributeValue = boolean | number | Uint8Array;

export interface Attribute {
  readonly type: number;
  /** Undefined when the caller has none (length −1, a list of attributes, or a null pointer). */
  readonly value: AttributeValue | undefined;
}

/** An attribute whose value is wanted. */
export interface AttributeRoom {
  readonly type: number;
  /** Bytes that the caller has room for; 0 when it only asks for the length. */
  readonly room: number;
}

// How values travel (map_attribute_to_value_type in p11-kit/rpc-message.c); what stands nowhere here is bytes.
const truths: ReadonlySet<number> = new Set<number>([
  CKA.TOKEN, CKA.PRIVATE, CKA.TRUSTED, CKA.SENSITIVE, CKA.ENCRYPT, CKA.DECRYPT, CKA.WRAP, CKA.UNWRAP, CKA.SIGN, CKA.SIGN_RECOVER,
  CKA.VERIFY, CKA.VERIFY_RECOVER, CKA.DERIVE, CKA.EXTRACTABLE, CKA.LOCAL, CKA.NEVER_EXTRACTABLE, CKA.ALWAYS_SENSITIVE, CKA.MODIFIABLE,
  CKA.COPYABLE, CKA.SECONDARY_AUTH, CKA.ALWAYS_AUTHENTICATE, CKA.WRAP_WITH_TRUSTED, CKA.RESET_ON_INIT, CKA.HAS_RESET, CKA.COLOR,
]); // prettier-ignore
const numbers: ReadonlySet<number> = new Set<number>([
  CKA.CLASS, CKA.CERTIFICATE_TYPE, CKA.CERTIFICATE_CATEGORY, CKA.JAVA_MIDP_SECURITY_DOMAIN, CKA.KEY_TYPE, CKA.MODULUS_BITS, CKA.PRIME_BITS,
  CKA.VALUE_BITS, CKA.VALUE_LEN, CKA.KEY_GEN_MECHANISM, CKA.AUTH_PIN_FLAGS, CKA.HW_FEATURE_TYPE, CKA.PIXEL_X,
  CKA.PIXEL_Y, CKA.RESOLUTION, CKA.CHAR_ROWS, CKA.CHAR_COLUMNS, CKA.BITS_PER_PIXEL, CKA.MECHANISM_TYPE,
]); // prettier-ignore
const lists: ReadonlySet<number> = new Set<number>([CKA.WRAP_TEMPLATE, CKA.UNWRAP_TEMPLATE, CKA.DERIVE_TEMPLATE]);

const mostAttributes = 256;
const deepest = 2;
/** Bytes of CK_ULONG and CK_BBOOL on the computers that p11-kit's protocol is made for. */
const sizeOfUlong = 8;

/** `aA`. Fails with CKR_DEVICE_ERROR for what is not one. */
export function readAttributes(reader: WireReader, depth = 0): readonly Attribute[] {
  const count = reader.uint32();
  if (count > mostAttributes || depth > deepest) throw new Refusal(CKR.DEVICE_ERROR, 'too many attributes');
  return Array.from({ length: count }, () => readAttribute(reader, depth));
}

function readAttribute(reader: WireReader, depth: number): Attribute {
  const type = reader.uint32();
  if (reader.byte() === 0) return { type, value: undefined };
  const length = reader.uint32();
  if (truths.has(type)) return { type, value: reader.byte() !== 0 };
  if (numbers.has(type)) return { type, value: reader.ulong() };
  if (lists.has(type)) return (readAttributes(reader, depth + 1), { type, value: undefined });
  if (type === CKA.ALLOWED_MECHANISMS) {
    for (let left = reader.uint32(); left > 0; left -= 1) reader.ulong();
    return { type, value: undefined };
  }
  const value = reader.counted();
  return { type, value: value ?? (length === 0 ? new Uint8Array() : undefined) };
}

/** `fA`. */
export function readAttributeRooms(reader: WireReader, depth = 0): readonly AttributeRoom[] {
  const count = reader.uint32();
  if (count > mostAttributes || depth > deepest) throw new Refusal(CKR.DEVICE_ERROR, 'too many attributes');
  return Array.from({ length: count }, () => {
    const type = reader.uint32();
    const room = reader.uint32();
    if (room > 0 && lists.has(type)) readAttributeRooms(reader, depth + 1);
    return { type, room };
  });
}

/** Bytes that a value takes in the caller's memory. */
export function lengthOf(value: AttributeValue): number {
  if (typeof value === 'boolean') return 1;
  return typeof value === 'number' ? sizeOfUlong : value.length;
}

/** Writes one attribute of `aA`: with its value, or its `length` alone, or (no length) that it cannot be had. */
export function writeAttribute(
  writer: WireWriter,
  type: number,
  length: number | undefined,
  value?: AttributeValue,
): void {
  writer.uint32(type).byte(length === undefined ? 0 : 1);
  if (length === undefined) return;
  writer.uint32(length);
  if (truths.has(type)) writer.byte(value === true ? 1 : 0);
  else if (numbers.has(type)) writer.ulong(typeof value === 'number' ? value : 0);
  else if (lists.has(type) || type === CKA.ALLOWED_MECHANISMS) writer.uint32(0);
  else writer.counted(value instanceof Uint8Array ? value : undefined);
}

/** True when two values are the same. */
export function sameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array)
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  return one === other;
}
