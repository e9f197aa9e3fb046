import { joined } from '@sigill/core/cms';
import { canonical } from './canonical.js';
import { sevenBit } from './seven-bit.js';
import { type Entity, type Field, splitEntity } from './split-entity.js';
import { toBytes, toText } from './text-bytes.js';

/** A mail taken apart for S/MIME (RFC 8551 §3.1). */
export interface Unwrapped {
  /** The fields of the mail itself: From, To, Subject, Date, Message-ID, … */
  readonly outer: readonly Field[];
  /** The part that is protected: the content's fields and the body, 7bit with CRLF. */
  readonly inner: Uint8Array;
}

/** Takes a mail apart. A line `From …` that a mailbox put before it is left out. Fails as `sevenBit` does. */
export function unwrap(mail: Uint8Array): Unwrapped {
  const entity = splitEntity(withoutPostmark(mail));
  const content = entity.fields.filter(isContent);
  const fields = content.some(({ name }) => name === 'content-type')
    ? content.map(({ raw }) => whole(raw))
    : [typeFor(entity)];
  return {
    outer: entity.fields.filter((field) => !isContent(field) && field.name !== 'mime-version'),
    inner: sevenBit(joined([...fields, toBytes('\r\n'), entity.body])),
  };
}

/** A mail with `outer`'s fields around a new content, which begins with its own fields. */
export function wrap(outer: readonly Field[], content: Uint8Array): Uint8Array {
  return joined([...outer.map(({ raw }) => whole(raw)), toBytes('MIME-Version: 1.0\r\n'), content]);
}

/** The mail that comes out of a protected one: the outer fields, then the part with its own. */
export const rewrap = (mail: Uint8Array, part: Uint8Array): Uint8Array => {
  const outer = splitEntity(withoutPostmark(mail)).fields.filter(
    (field) => !isContent(field) && field.name !== 'mime-version',
  );
  const { fields, blank, body } = splitEntity(part);
  const content = fields.filter(isContent).map(({ raw }) => whole(raw));
  return wrap(outer, joined([...content, blank.length > 0 ? canonical(blank) : toBytes('\r\n'), body]));
};

const isContent = ({ name }: Field): boolean => name.startsWith('content-');

function typeFor({ body }: Entity): Uint8Array {
  const charset = body.some((byte) => byte > 0x7f) ? 'utf-8' : 'us-ascii';
  return toBytes(`Content-Type: text/plain; charset=${charset}\r\n`);
}

function whole(raw: Uint8Array): Uint8Array {
  const text = canonical(raw);
  return text.at(-1) === 0x0a ? text : joined([text, toBytes('\r\n')]);
}

/** Without the `From …` line of a mailbox file (RFC 4155). */
export function withoutPostmark(mail: Uint8Array): Uint8Array {
  return toText(mail.subarray(0, 5)) === 'From ' ? mail.subarray(mail.indexOf(0x0a) + 1) : mail;
}
