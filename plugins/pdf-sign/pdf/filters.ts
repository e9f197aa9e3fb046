import { Inflate } from 'fflate';
import type { Budget } from './budget.js';
import { asArray, asInteger, asName, as, type PdfDict, type PdfValue } from './objects.js';
import { damaged, tooComplex } from './pdf-error.js';
import { limits } from './limits.js';
import { latin } from './text.js';

/** Undoes the filters of a stream (ISO 32000-1 §7.4) whose entries are all direct. At most `limits.stream` bytes. */
export function decodeStream(dict: PdfDict, raw: Uint8Array, budget: Budget): Uint8Array {
  const filters = list(dict.entries.get('Filter') ?? dict.entries.get('F'));
  const parms = list(dict.entries.get('DecodeParms') ?? dict.entries.get('DP'));
  if (filters.length > 8) throw tooComplex('filters');
  return filters.reduce<Uint8Array>((bytes, filter, at) => {
    const decoded = decodeOne(asName(filter), bytes);
    budget.decode(decoded.length);
    return unpredict(as('dict', parms[at]), decoded);
  }, raw);
}

function list(value: PdfValue | undefined): readonly PdfValue[] {
  return value === undefined ? [] : (asArray(value) ?? [value]);
}

function decodeOne(filter: string | undefined, bytes: Uint8Array): Uint8Array {
  if (filter === 'FlateDecode' || filter === 'Fl') return inflate(bytes);
  if (filter === 'ASCIIHexDecode' || filter === 'AHx') return fromHexadecimal(bytes);
  if (filter === 'ASCII85Decode' || filter === 'A85') return fromAscii85(bytes);
  if (filter === 'Crypt') return bytes;
  throw damaged(`a stream with filter ${filter ?? '?'}`);
}

/** What zlib data holds; of data that is cut short or damaged, what comes before. */
export function inflate(bytes: Uint8Array, most: number = limits.stream): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflater = new Inflate((part) => {
    length += part.length;
    if (length > most) throw tooComplex('a stream');
    parts.push(part);
  });
  // RFC 1950: two bytes of header; the checksum behind the data is not looked at.
  const start = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0 ? 2 : 0;
  try {
    // Small pieces, so that a bomb is noticed before it has grown; never the last, so that a missing end is no error.
    for (let at = start; at < bytes.length; at += 4096) {
      inflater.push(bytes.subarray(at, at + 4096), false);
    }
  } catch (error) {
    if (length === 0 || !isInflateError(error)) throw isInflateError(error) ? damaged('compressed data') : error;
  }
  return joined(parts, length);
}

const isInflateError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'number';

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function unpredict(parms: PdfDict | undefined, bytes: Uint8Array): Uint8Array {
  const number = (key: string, usual: number): number => asInteger(parms?.entries.get(key)) ?? usual;
  const predictor = number('Predictor', 1);
  if (predictor < 10) {
    if (predictor === 2) throw damaged('a stream with a TIFF predictor');
    return bytes;
  }
  const sample = number('Colors', 1) * number('BitsPerComponent', 8);
  const width = Math.ceil((sample * number('Columns', 1)) / 8);
  if (!(sample > 0 && width > 0 && width <= bytes.length)) throw damaged('predictor parameters');
  return unpredictPng(bytes, width, Math.max(1, Math.ceil(sample / 8)));
}

/** Undoes the PNG filters (ISO/IEC 15948 §9) of rows of `width` bytes. */
function unpredictPng(bytes: Uint8Array, width: number, back: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (width + 1));
  const found = new Uint8Array(rows * width);
  let length = 0;
  for (let row = 0; row < rows; row += 1) {
    const kind = bytes[row * (width + 1)] ?? 0;
    const to = row * width;
    for (let at = 0; at < width && row * (width + 1) + 1 + at < bytes.length; at += 1) {
      const left = at >= back ? (found[to + at - back] ?? 0) : 0;
      const up = row > 0 ? (found[to + at - width] ?? 0) : 0;
      const corner = row > 0 && at >= back ? (found[to + at - width - back] ?? 0) : 0;
      const guess = [0, left, up, (left + up) >> 1, kind === 4 ? paeth(left, up, corner) : 0][kind] ?? 0;
      found[to + at] = (bytes[row * (width + 1) + 1 + at] ?? 0) + guess;
      length = to + at + 1;
    }
  }
  return found.subarray(0, length);
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function fromHexadecimal(bytes: Uint8Array): Uint8Array {
  const digits =
    latin(bytes)
      .split('>')[0]
      ?.replace(/[^0-9A-Fa-f]/g, '') ?? '';
  const found = new Uint8Array((digits.length + 1) >> 1);
  for (let at = 0; at < found.length; at += 1)
    found[at] = parseInt(digits.slice(2 * at, 2 * at + 2).padEnd(2, '0'), 16);
  return found;
}

function fromAscii85(bytes: Uint8Array): Uint8Array {
  const found: number[] = [];
  let group: number[] = [];
  const flush = (): void => {
    const taken = group.length;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let at = 0; at < taken - 1; at += 1) found.push(Math.floor(value / 256 ** (3 - at)) & 0xff);
    group = [];
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) found.push(0, 0, 0, 0);
    else if (byte >= 0x21 && byte <= 0x75) group.push(byte - 0x21);
    if (group.length === 5) flush();
    if (found.length > limits.stream) throw tooComplex('a stream');
  }
  if (group.length > 1) flush();
  return Uint8Array.from(found);
}
