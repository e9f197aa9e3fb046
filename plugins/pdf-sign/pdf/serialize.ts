import { concatBytes } from '@noble/hashes/utils.js';
import { type Crypt, encrypt } from './crypt.js';
import { as, type PdfDict, type PdfString, type PdfValue, withEntries } from './objects.js';
import { bytesOf } from './text.js';

/** Gives a string of an object the bytes that stand in the document. */
type Seal = (string: PdfString) => Uint8Array;

/** `7 0 obj … endobj` with strings and stream data encrypted where the document is. */
export function serializeObject(num: number, gen: number, value: PdfValue, crypt: Crypt | undefined): Uint8Array {
  const seal: Seal = ({ bytes, clear }) =>
    crypt === undefined || clear === true ? bytes : encrypt(crypt, crypt.strings, num, gen, bytes);
  const head = bytesOf(`${num} ${gen} obj\n`);
  const stream = as('stream', value);
  if (stream === undefined) return concatBytes(head, bytesOf(write(value, seal)), bytesOf('\nendobj\n'));
  const clear = stream.data ?? new Uint8Array(0);
  const plain = crypt === undefined || as('name', stream.dict.entries.get('Type'))?.name === 'XRef';
  const data = plain ? clear : encrypt(crypt, crypt.streams, num, gen, clear);
  const dict = withEntries(stream.dict, { Length: data.length });
  return concatBytes(head, bytesOf(`${write(dict, seal)}\nstream\n`), data, bytesOf('\nendstream\nendobj\n'));
}

/** A value in PDF syntax, in clear: one character for each byte. */
export function serialize(value: PdfValue): string {
  return write(value, ({ bytes }) => bytes);
}

function write(value: PdfValue, seal: Seal): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${(value as readonly PdfValue[]).map((item) => write(item, seal)).join(' ')}]`;
  const other = value as Exclude<PdfValue, boolean | number | readonly PdfValue[]>;
  switch (other.kind) {
    case 'null':
      return 'null';
    case 'name':
      return nameText(other.name);
    case 'string':
      return stringText(seal(other), other.hex ?? false);
    case 'ref':
      return `${other.num} ${other.gen} R`;
    case 'dict':
      return dictText(other, seal);
    case 'stream':
      throw new Error('a stream stands only in an object of its own');
  }
}

function dictText({ entries }: PdfDict, seal: Seal): string {
  return `<<${[...entries].map(([key, value]) => `${nameText(key)} ${write(value, seal)}`).join(' ')}>>`;
}

/** Without an exponent, which PDF does not know. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value + 0) : '0';
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/0+$/, '').replace(/\.$/, '') : text;
}

function nameText(text: string): string {
  const escaped = text.replace(
    /[^\x21-\x7e]|[()<>[\]{}/%#]/g,
    (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function stringText(bytes: Uint8Array, hex: boolean): string {
  const text = String.fromCharCode;
  if (hex || bytes.some((byte) => byte < 32 || byte > 126)) {
    let digits = '';
    for (const byte of bytes) digits += (byte < 16 ? '0' : '') + byte.toString(16);
    return `<${digits}>`;
  }
  let literal = '';
  for (const byte of bytes) literal += byte === 0x28 || byte === 0x29 || byte === 0x5c ? `\\${text(byte)}` : text(byte);
  return `(${literal})`;
}
