import { MailError } from '../mail-error.js';
import { lines } from './lines.js';
import { toText } from './text-bytes.js';

/** A header field (RFC 5322 §2.2), its bytes as they stand, folding and line end included. */
export interface Field {
  /** Lower case. */
  readonly name: string;
  readonly raw: Uint8Array;
  /** Unfolded, without white space around it. */
  readonly value: string;
}

/** A mail or a part of one (RFC 2045 §2.4): slices of its bytes. `fields`, `blank` and `body` one after the other are the whole. */
export interface Entity {
  readonly fields: readonly Field[];
  /** What stands between header and body: an empty line, or nothing where none is. */
  readonly blank: Uint8Array;
  readonly body: Uint8Array;
}

const mostFields = 2_000;
const longestHeader = 1_048_576;

/** Splits header from body; what cannot be a header field begins the body. Fails with `header` for one that is out of all bounds. */
export function splitEntity(bytes: Uint8Array): Entity {
  const fields: Field[] = [];
  let start = 0;
  let end = 0;
  const close = (): void => {
    if (end > start) fields.push(fieldOf(bytes.subarray(start, end)));
    if (fields.length > mostFields) throw new MailError('header');
    start = end;
  };
  for (const line of lines(bytes)) {
    if (line.next > longestHeader && line.start < line.end) throw new MailError('header');
    const folded = bytes[line.start] === 0x20 || bytes[line.start] === 0x09;
    if (line.start === line.end || !(folded ? end > 0 : isField(bytes.subarray(line.start, line.end)))) {
      close();
      const empty = line.start === line.end ? line.next : line.start;
      return { fields, blank: bytes.subarray(end, empty), body: bytes.subarray(empty) };
    }
    if (!folded) close();
    end = line.next;
  }
  close();
  return { fields, blank: bytes.subarray(end, end), body: bytes.subarray(end) };
}

/** The value of a field that stands once; undefined when it is absent or stands more than once. */
export function onlyField({ fields }: Entity, name: string): string | undefined {
  const found = fields.filter((field) => field.name === name);
  return found.length === 1 ? found[0]?.value : undefined;
}

// A name of printable characters, then a colon, perhaps with white space before it (RFC 5322 §4.5).
function isField(line: Uint8Array): boolean {
  const colon = line.indexOf(0x3a);
  return (
    colon > 0 && line.subarray(0, colon).every((byte, at, name) => isName(byte) || (byte <= 0x20 && isEnd(name, at)))
  );
}

const isName = (byte: number): boolean => byte > 0x20 && byte < 0x7f;

const isEnd = (name: Uint8Array, at: number): boolean =>
  at > 0 && name.subarray(at).every((byte) => byte === 0x20 || byte === 0x09);

function fieldOf(raw: Uint8Array): Field {
  const text = toText(raw);
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1).replaceAll(/\r?\n(?=[ \t])/g, '');
  return { name: text.slice(0, colon).trim().toLowerCase(), raw, value: value.trim() };
}
