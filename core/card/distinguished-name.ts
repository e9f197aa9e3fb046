import { fromHex, toHex } from './bytes.js';
import { dottedOid, insideOf } from './der.js';
import { encodeTlv } from './tlv.js';

/** One attribute of a name, by its OID in dotted form. */
export interface NameAttribute {
  readonly type: string;
  /** Undefined when the value is no string. */
  readonly text?: string;
  /** Tag, length and value. */
  readonly encoded: Uint8Array;
}

/** The RDNs of an encoded Name (RFC 5280 §4.1.2.4), in the order they stand in; undefined when it is not whole. */
export function parseName(content: Uint8Array): readonly (readonly NameAttribute[])[] | undefined {
  const sets = insideOf(content);
  const rdns = sets?.map(({ value }) => insideOf(value)?.map((attribute) => readAttribute(attribute.value)));
  if (!rdns) return undefined;
  return rdns.every(isWhole) ? rdns : undefined;
}

/** A name as RFC 4514 writes it: the last RDN first, special characters escaped. */
export function writeName(rdns: readonly (readonly NameAttribute[])[]): string {
  return [...rdns]
    .reverse()
    .map((rdn) => rdn.map(writeAttribute).join('+'))
    .join(',');
}

/** The last common name in it, as a person reads it. */
export function commonName(rdns: readonly (readonly NameAttribute[])[]): string | undefined {
  return textOf(rdns, '2.5.4.3').at(-1);
}

/** The same in a name as `writeName` writes it; undefined when it has none. */
export function commonNameIn(written: string): string | undefined {
  const parts = written.match(/(?:\\.|[^\\,+])+/gsu) ?? [];
  const value = parts.find((part) => part.startsWith('CN='))?.slice('CN='.length);
  return value === undefined || value.startsWith('#') ? undefined : visible(unescaped(value));
}

/** All texts of one attribute type. */
export function textOf(rdns: readonly (readonly NameAttribute[])[], type: string): readonly string[] {
  return rdns
    .flat()
    .flatMap((attribute) => (attribute.type === type && attribute.text ? [visible(attribute.text)] : []));
}

const visible = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();

// RFC 4514 §3 and, for the last ones, RFC 4519 and RFC 2985.
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '2.5.4.4': 'SN',
  '2.5.4.42': 'givenName',
  '2.5.4.5': 'serialNumber',
  '2.5.4.12': 'title',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

function readAttribute(content: Uint8Array): NameAttribute | undefined {
  const [type, value] = insideOf(content) ?? [];
  const oid = type?.tag === 0x06 ? dottedOid(type.value) : undefined;
  if (oid === undefined || !value) return undefined;
  const text = decode(value.tag, value.value);
  return { type: oid, encoded: encodeTlv(value.tag, value.value), ...(text !== undefined && { text }) };
}

function isWhole(rdn: (NameAttribute | undefined)[] | undefined): rdn is NameAttribute[] {
  return rdn !== undefined && !rdn.includes(undefined);
}

// UTF8String; NumericString, PrintableString, IA5String, VisibleString; TeletexString, in practice Latin-1; BMPString.
function decode(tag: number, content: Uint8Array): string | undefined {
  if (tag === 0x0c || tag === 0x12 || tag === 0x13 || tag === 0x16 || tag === 0x1a)
    return new TextDecoder().decode(content);
  if (tag === 0x14) return Array.from(content, (byte) => String.fromCharCode(byte)).join('');
  if (tag !== 0x1e || content.length % 2 === 1) return undefined;
  const units = Array.from({ length: content.length / 2 }, (_, at) => (content[2 * at]! << 8) | content[2 * at + 1]!);
  return units.map((unit) => String.fromCharCode(unit)).join('');
}

function writeAttribute({ type, text, encoded }: NameAttribute): string {
  return `${shortNames[type] ?? type}=${text === undefined ? `#${toHex(encoded)}` : escaped(text)}`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/["+,;<>\\]/g, '\\$&')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (hidden) => inHex(hidden))
    .replace(/ $/, '\\ ')
    .replace(/^[ #]/, '\\$&');
}

// RFC 4514 §2.4: a special character, or two hex digits for each byte of UTF-8.
const unescaped = (value: string): string =>
  value.replaceAll(/((?:\\[0-9a-f]{2})+)|\\(.)/giu, (_, hex: string | undefined, special: string) =>
    hex === undefined ? special : new TextDecoder().decode(fromHex(hex.replaceAll('\\', ''))),
  );

const inHex = (character: string): string => toHex(new TextEncoder().encode(character)).replaceAll(/../g, '\\$&');
