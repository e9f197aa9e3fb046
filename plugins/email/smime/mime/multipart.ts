import { MailError } from '../mail-error.js';
import { lines } from './lines.js';
import { toBytes } from './text-bytes.js';

/** The parts between the boundaries (RFC 2046 §5.1.1), byte for byte; the line end before a boundary belongs to the boundary. */
export interface Multipart {
  readonly parts: readonly Uint8Array[];
  /** True when the closing boundary is there. */
  readonly closed: boolean;
}

const mostParts = 1_000;

/** Finds the parts of a body. Fails with `parts` for a boundary that cannot be one, and for too many. */
export function splitMultipart(body: Uint8Array, boundary: string | undefined): Multipart {
  if (boundary === undefined || boundary === '' || boundary.length > 200) throw new MailError('parts');
  const mark = toBytes(`--${boundary}`);
  const parts: Uint8Array[] = [];
  let from: number | undefined;
  let last = 0;
  for (const line of lines(body)) {
    const found = boundaryAt(body.subarray(line.start, line.end), mark);
    if (found !== undefined) {
      if (from !== undefined) parts.push(body.subarray(from, Math.max(from, last)));
      if (parts.length > mostParts) throw new MailError('parts');
      if (found === 'close') return { parts, closed: true };
      from = line.next;
    }
    last = line.end;
  }
  if (from !== undefined) parts.push(body.subarray(from));
  return { parts, closed: false };
}

function boundaryAt(line: Uint8Array, mark: Uint8Array): 'open' | 'close' | undefined {
  if (line.length < mark.length || !mark.every((byte, at) => line[at] === byte)) return undefined;
  const close = line[mark.length] === 0x2d && line[mark.length + 1] === 0x2d;
  const after = line.subarray(mark.length + (close ? 2 : 0));
  if (after.some((byte) => byte !== 0x20 && byte !== 0x09)) return undefined;
  return close ? 'close' : 'open';
}

/** A boundary that nobody else has; its `=_` cannot stand in quoted-printable or base64. */
export function newBoundary(): string {
  const random = crypto.getRandomValues(new Uint8Array(18));
  return `=_sigill_${btoa(String.fromCharCode(...random))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}`;
}
