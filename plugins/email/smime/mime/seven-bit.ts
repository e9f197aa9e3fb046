import { joined } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { canonical } from './canonical.js';
import { contentType, transferEncoding } from './content-type.js';
import { lines } from './lines.js';
import { splitMultipart } from './multipart.js';
import { type Entity, splitEntity } from './split-entity.js';
import { toBytes } from './text-bytes.js';
import { decoded, toBase64, toQuotedPrintable } from './transfer.js';

const deepest = 20;
const longestLine = 998;

/**
 * A part in a form that no mail server changes (RFC 8551 §3.1.2, §3.1.3): CRLF, and what is not 7bit in quoted-printable or base64. What is
 * so already keeps its bytes. Fails with `depth`, `parts`, `header`, `encoding`.
 */
export function sevenBit(bytes: Uint8Array, depth = 0): Uint8Array {
  if (depth > deepest) throw new MailError('depth');
  if (isSafe(bytes)) return canonical(bytes);
  const entity = splitEntity(bytes);
  const { type, parameters } = contentType(entity);
  const encoding = transferEncoding(entity);
  const plain = encoding !== 'base64' && encoding !== 'quoted-printable';
  if (type.startsWith('multipart/') && plain) return safeParts(entity, parameters.get('boundary') ?? '', depth);
  if (type === 'message/rfc822' && plain) return head(entity, '7bit', sevenBit(entity.body, depth + 1));
  if (isSafe(entity.body)) return canonical(bytes);
  const body = decoded(entity.body, encoding);
  return type.startsWith('text/')
    ? head(entity, 'quoted-printable', toBytes(toQuotedPrintable(body)))
    : head(entity, 'base64', toBytes(toBase64(body)));
}

/** True for 7bit text (RFC 2045 §2.7): no NUL, no CR alone, no line over 998 bytes. */
export function isSafe(bytes: Uint8Array): boolean {
  for (const { start, end } of lines(bytes)) {
    if (end - start > longestLine) return false;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0 || byte === 0x0d || byte > 0x7f) return false;
    }
  }
  return true;
}

function safeParts(entity: Entity, boundary: string, depth: number): Uint8Array {
  // A boundary of other characters than RFC 2046 §5.1.1 allows could not stand in a body of 7bit.
  if (!isSafe(toBytes(`--${boundary}--`))) throw new MailError('header');
  const { parts } = splitMultipart(entity.body, boundary);
  // Before the first boundary and after the last stands nothing that anybody reads (RFC 2046 §5.1.1).
  const pieces = parts.flatMap((part) => [toBytes(`--${boundary}\r\n`), sevenBit(part, depth + 1), toBytes('\r\n')]);
  return head(entity, '7bit', joined([...pieces, toBytes(`--${boundary}--\r\n`)]));
}

function head({ fields }: Entity, encoding: string, body: Uint8Array): Uint8Array {
  const kept = fields
    .filter(({ name }) => name !== 'content-transfer-encoding')
    .map(({ raw }) => ended(canonical(raw)));
  return joined([...kept, toBytes(`Content-Transfer-Encoding: ${encoding}\r\n\r\n`), body]);
}

const ended = (raw: Uint8Array): Uint8Array => (raw.at(-1) === 0x0a ? raw : joined([raw, toBytes('\r\n')]));
