import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined } from '@sigill/core/cms';
import { MailError } from '../mail-error.js';
import { canonical } from './canonical.js';
import { contentType } from './content-type.js';
import { newBoundary, splitMultipart } from './multipart.js';
import { isSafe, sevenBit } from './seven-bit.js';
import { onlyField, splitEntity } from './split-entity.js';
import { toBytes, toText } from './text-bytes.js';
import { fromBase64, fromQuotedPrintable, toBase64, toQuotedPrintable } from './transfer.js';
import { rewrap, unwrap, wrap } from './wrap.js';

/** Bytes that look like mail often enough to reach every branch. */
const mailish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        ':',
        ' ',
        '\t',
        '--b',
        '--b--',
        'From ',
        'From: a@b',
        '\0',
        'é',
        '=',
        '=\r\n',
      ),
      fc.constantFrom(
        'Content-Type: multipart/mixed; boundary=b\r\n',
        'Content-Type: message/rfc822\n',
        'Content-Type: text/plain\n',
      ),
      fc.constantFrom('Content-Transfer-Encoding: base64\r\n', 'Content-Transfer-Encoding: 8bit\n', 'x'.repeat(1_200)),
      fc.string({ maxLength: 12 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => toBytes(pieces.join('')));
const anyBytes = fc.oneof(mailish, fc.uint8Array({ maxLength: 300 }));

/** What `make` gives, or undefined when it fails as it may. */
function orTrouble<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof MailError) return undefined;
    throw error;
  }
}

describe('the bytes of a mail', () => {
  it('header and body together are the whole, whatever comes', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { fields, blank, body } = splitEntity(bytes);
        expect(joined([...fields.map(({ raw }) => raw), blank, body])).toEqual(bytes);
        contentType({ fields, blank, body });
      }),
    );
  });

  it('CRLF comes once: what is canonical stays so, and nothing but line ends is added', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const made = canonical(bytes);
        expect(canonical(made)).toBe(made);
        expect(toText(made).replaceAll('\r\n', '\n')).toBe(toText(bytes).replaceAll('\r\n', '\n'));
      }),
    );
  });

  it('base64 and quoted-printable give back what went in, in lines of 76', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(fromBase64(toBytes(toBase64(bytes)))).toEqual(bytes);
        const quoted = toQuotedPrintable(bytes);
        expect(fromQuotedPrintable(toBytes(quoted))).toEqual(canonical(bytes));
        for (const line of [...quoted.split('\r\n'), ...toBase64(bytes).split('\r\n')]) {
          expect(line).toMatch(/^[\t -~]{0,76}$/);
          expect(line).not.toMatch(/[ \t]$|^From |^\.$/);
        }
      }),
    );
  });

  it('a row that a mailbox or SMTP takes for something else is quoted, also after a soft line break', () => {
    const beginnings = ['From me', '.', 'x'.repeat(75) + 'From me', 'x'.repeat(75) + '.', 'xFrom me', '..'];
    expect(beginnings.map((text) => toQuotedPrintable(toBytes(text)).split('\r\n').at(-1))).toEqual([
      '=46rom me',
      '=2E',
      '=46rom me',
      '=2E',
      'xFrom me',
      '..',
    ]);
  });

  it('made 7bit, the body of any mail is so, and stays as it is a second time', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const made = orTrouble(() => sevenBit(bytes));
        if (!made) return;
        expect(isSafe(splitEntity(made).body)).toBe(true);
        expect(sevenBit(made)).toEqual(made);
      }),
    );
  });

  it('a boundary that no 7bit body could hold is refused', () => {
    for (const boundary of ['b\0', `b${'x'.repeat(1_000)}`, 'bé'])
      expect(orTrouble(() => sevenBit(toBytes(`Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\né`)))).toBe(
        undefined,
      );
  });

  it('parts come back from between boundaries byte for byte', () => {
    fc.assert(
      fc.property(fc.array(anyBytes, { minLength: 1, maxLength: 4 }), (parts) => {
        const boundary = newBoundary();
        const pieces = parts.flatMap((part) => [toBytes(`--${boundary}\r\n`), part, toBytes('\r\n')]);
        const body = joined([toBytes('before\r\n'), ...pieces, toBytes(`--${boundary}--\r\nafter`)]);
        expect(splitMultipart(body, boundary)).toEqual({ parts, closed: true });
      }),
    );
  });

  it('a mail taken apart and put together keeps its own fields and its content', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const apart = orTrouble(() => unwrap(bytes));
        if (!apart) return;
        const made = wrap(apart.outer, apart.inner);
        expect(orTrouble(() => unwrap(made).inner)).toEqual(apart.inner);
        const again = rewrap(made, apart.inner);
        expect(splitEntity(again).body).toEqual(splitEntity(made).body);
      }),
    );
  });
});

describe('hostile mails', () => {
  it('parts in parts in parts, endless headers, and boundaries without end are refused', () => {
    const deep = (depth: number): string =>
      depth === 0
        ? 'Content-Type: text/plain\n\né'
        : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${deep(depth - 1)}\n--b${depth}--\n`;
    expect(() => sevenBit(toBytes(deep(30)))).toThrow(expect.objectContaining({ code: 'depth' }));
    expect(toText(sevenBit(toBytes(deep(10))))).toContain('=E9');
    expect(() => splitEntity(toBytes('a: b\n'.repeat(3_000)))).toThrow(expect.objectContaining({ code: 'header' }));
    expect(() => splitEntity(toBytes(`a: ${'b'.repeat(2_000_000)}`))).toThrow(
      expect.objectContaining({ code: 'header' }),
    );
    expect(() => splitMultipart(toBytes('--b\n'.repeat(2_000)), 'b')).toThrow(
      expect.objectContaining({ code: 'parts' }),
    );
    expect(() => splitMultipart(toBytes('--\n'), '')).toThrow(expect.objectContaining({ code: 'parts' }));
  });

  it('a field that stands twice says nothing', () => {
    expect(onlyField(splitEntity(toBytes('From: a@b\r\nFrom: c@d\r\n\r\n')), 'from')).toBeUndefined();
    expect(contentType(splitEntity(toBytes('Content-Type: a/b\nContent-Type: c/d\n\n'))).type).toBe('text/plain');
  });
});
