import { MailError } from '../mail-error.js';
import { toBytes, toText } from './text-bytes.js';
import { canonical } from './canonical.js';

/** Base64 in lines of 76 characters with CRLF (RFC 2045 §6.8); no line end after the last. */
export function toBase64(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 57) rows.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 57))));
  return rows.join('\r\n');
}

/** Reads base64, passing over what is not of its alphabet (RFC 2045 §6.8). */
export function fromBase64(bytes: Uint8Array): Uint8Array {
  const text = toText(bytes).replaceAll(/[^A-Za-z0-9+/]/g, '');
  // One character left over holds no byte.
  return toBytes(atob(text.slice(0, text.length - (text.length % 4 === 1 ? 1 : 0))));
}

/** Quoted-printable of text (RFC 2045 §6.7): lines stay lines, at most 76 characters each. */
export function toQuotedPrintable(text: Uint8Array): string {
  return toText(canonical(text))
    .split('\r\n')
    .map((line) => softened(line))
    .join('\r\n');
}

function softened(line: string): string {
  const quote = (found: string): string => `=${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  const quoted = line.replaceAll(/[^\t -<>-~]/g, quote).replace(/[ \t]$/, quote);
  const tokens = quoted.match(/=[0-9A-F]{2}|[^]/g) ?? [];
  const rows: string[] = [];
  let row = '';
  for (const [at, token] of tokens.entries()) {
    const isFull = row.length + token.length > 75;
    if (isFull) rows.push(`${row}=`);
    if (isFull) row = '';
    row += row === '' && isTaken(tokens, at) ? quote(token) : token;
  }
  return [...rows, row].join('\r\n');
}

/** True when a row from there would be taken for something else: by mailboxes (From) and by SMTP (a dot alone). */
function isTaken(tokens: readonly string[], at: number): boolean {
  return tokens.slice(at, at + 5).join('') === 'From ' || (tokens[at] === '.' && at === tokens.length - 1);
}

/** Reads quoted-printable; what makes no sense stays as it is. */
export function fromQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const text = toText(bytes)
    .replaceAll(/[ \t]+(?=\r?\n|$)/g, '')
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return toBytes(text);
}

/** The body of a part without its transfer encoding. Fails with `encoding` for one that is not known. */
export function decoded(body: Uint8Array, encoding: string): Uint8Array {
  if (encoding === 'base64') return fromBase64(body);
  if (encoding === 'quoted-printable') return fromQuotedPrintable(body);
  if (encoding === '7bit' || encoding === '8bit' || encoding === 'binary') return body;
  throw new MailError('encoding', { encoding: encoding.slice(0, 40) });
}
