import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '@noble/hashes/legacy.js';
import { concatBytes, randomBytes } from '@noble/hashes/utils.js';
import { asName, as, type PdfDict, type PdfValue } from './objects.js';
import { rc4 } from './rc4.js';
import { bytesOf } from './text.js';

/** How bytes are encrypted: not at all, RC4, AES with the object's key (128 bits) or with the file's (256 bits). */
export type Method = 'Identity' | 'V2' | 'AESV2' | 'AESV3';

/** Encrypts and decrypts the strings and streams of one document (ISO 32000-2 §7.6.3). */
export interface Crypt {
  readonly strings: Method;
  readonly streams: Method;
  readonly encryptMetadata: boolean;
  readonly key: Uint8Array;
}

/** The bytes of an object in clear, or undefined when they cannot have been encrypted so. */
export function decrypt(
  crypt: Crypt,
  method: Method,
  num: number,
  gen: number,
  bytes: Uint8Array,
): Uint8Array | undefined {
  if (method === 'Identity') return bytes;
  const key = objectKey(crypt, method, num, gen);
  if (method === 'V2') return rc4(key, bytes);
  if (bytes.length === 0) return bytes;
  if (bytes.length < 32 || bytes.length % 16 !== 0) return undefined;
  try {
    return cbc(key, bytes.subarray(0, 16)).decrypt(bytes.subarray(16));
  } catch {
    return undefined;
  }
}

/** The bytes of an object as they stand in the document. */
export function encrypt(crypt: Crypt, method: Method, num: number, gen: number, bytes: Uint8Array): Uint8Array {
  if (method === 'Identity') return bytes;
  const key = objectKey(crypt, method, num, gen);
  if (method === 'V2') return rc4(key, bytes);
  const start = randomBytes(16);
  return concatBytes(start, cbc(key, start).encrypt(bytes));
}

/** A value with all its strings in clear. Those that cannot be decrypted stay as they are, also when they are written again. */
export function decryptStrings(crypt: Crypt, num: number, gen: number, value: PdfValue): PdfValue {
  return mapStrings(value, (bytes) => decrypt(crypt, crypt.strings, num, gen, bytes));
}

/** Gives each string of a value new bytes; undefined keeps it. A signature's /Contents is never encrypted. */
function mapStrings(value: PdfValue, change: (bytes: Uint8Array) => Uint8Array | undefined): PdfValue {
  if (Array.isArray(value)) return (value as readonly PdfValue[]).map((item) => mapStrings(item, change));
  const string = as('string', value);
  if (string !== undefined) {
    const bytes = change(string.bytes);
    return bytes === undefined ? { ...string, clear: true } : { ...string, bytes };
  }
  const dict = as('dict', value);
  if (dict !== undefined) return mapDict(dict, change);
  const stream = as('stream', value);
  return stream === undefined ? value : { ...stream, dict: mapDict(stream.dict, change) };
}

function mapDict(dict: PdfDict, change: (bytes: Uint8Array) => Uint8Array | undefined): PdfDict {
  const signature =
    dict.entries.has('ByteRange') || /^(Sig|DocTimeStamp)$/.test(asName(dict.entries.get('Type')) ?? '');
  const entries = [...dict.entries].map(([key, value]): [string, PdfValue] => {
    const string = as('string', value);
    if (signature && key === 'Contents' && string !== undefined) return [key, { ...string, clear: true }];
    return [key, mapStrings(value, change)];
  });
  return { kind: 'dict', entries: new Map(entries) };
}

// ISO 32000-2 §7.6.3.2, algorithm 1.
function objectKey({ key }: Crypt, method: Method, num: number, gen: number): Uint8Array {
  if (method === 'AESV3') return key;
  const salt = method === 'AESV2' ? bytesOf('sAlT') : new Uint8Array(0);
  const place = Uint8Array.of(num, num >> 8, num >> 16, gen, gen >> 8);
  return md5(concatBytes(key, place, salt)).subarray(0, Math.min(16, key.length + 5));
}
