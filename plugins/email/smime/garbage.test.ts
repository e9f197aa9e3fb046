import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn } from './addresses.js';
import { checkMail } from './check-mail.js';
import { context, encode, integer, octets, oid, sequence, setOf } from '@sigill/core/cms';
import { envelopeIn } from './decrypt-mail.js';
import { readEnvelope } from './envelope/read-envelope.js';
import { layerOf } from './layer.js';
import { MailError } from './mail-error.js';
import { mailOids } from './mail-oids.js';
import { toBytes } from './mime/text-bytes.js';
import { toBase64 } from './mime/transfer.js';
import { certificatesIn } from './recipients.js';

const leaf = fc.oneof(
  fc.constantFrom(...Object.values(mailOids), '1.2.840.113549.1.7.1', '1.2.840.113549.1.7.2').map((id) => oid(id)),
  fc.nat(300).map((number) => integer(number)),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => octets(bytes)),
  fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 10 })).map(([tag, bytes]) => encode(tag, bytes)),
);
/** DER that has the look of CMS, and its members in any order. */
const { tree } = fc.letrec<{ tree: Uint8Array }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie('tree'), { maxLength: 5 }).map((parts) => sequence(...parts)),
    fc.array(tie('tree'), { maxLength: 4 }).map((parts) => setOf(...parts)),
    fc.tuple(fc.nat(3), fc.array(tie('tree'), { maxLength: 4 })).map(([tag, parts]) => context(tag, ...parts)),
  ),
}));
const cms = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  tree,
  fc
    .tuple(fc.constantFrom(mailOids.envelopedData, mailOids.authEnvelopedData, '1.2.840.113549.1.7.2'), fc.array(tree))
    .map(([type, parts]) => sequence(oid(type), context(0, sequence(integer(0), ...parts)))),
);
const mailOf = (bytes: Uint8Array): Uint8Array =>
  toBytes(
    `From: a@b.example\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${toBase64(bytes)}\r\n`,
  );

/** Anything but a `MailError` is a bug. */
async function onlyTrouble(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
  }
}

describe('garbage', () => {
  it('in place of CMS is refused with a reason, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(cms, async (bytes) => {
        const mail = mailOf(bytes);
        readEnvelope(bytes);
        await onlyTrouble(() => layerOf(mail));
        await onlyTrouble(() => envelopeIn(mail));
        await onlyTrouble(() => checkMail(mail, { anchors: [], at: 0 }));
        await onlyTrouble(() => certificatesIn(bytes, 0));
      }),
      { numRuns: 400 },
    );
  });

  it('nested without end, or of lengths without end, takes no stack and no time', () => {
    const deep = new Uint8Array(2_000_000).fill(0x30);
    for (let at = 1; at < deep.length; at += 2) deep[at] = 0x80;
    expect(readEnvelope(deep)).toBeUndefined();
    expect(() => layerOf(mailOf(deep))).toThrow(expect.objectContaining({ code: 'malformed' }));
    expect(readEnvelope(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0))).toBeUndefined();
  });

  it('in From names no address', () => {
    expect(addressesIn('"a@b.example" <c@d.example>')).toEqual(['c@d.example']);
    expect(addressesIn('(a@b.example) c@d.example (x (y) z)')).toEqual(['c@d.example']);
    expect(addressesIn('a@b.example <c@d.example>')).toEqual(['c@d.example']);
    expect(addressesIn('People: a@b.example, "B, C" <c@d.example>;')).toEqual(['a@b.example', 'c@d.example']);
    expect(addressesIn('nobody')).toEqual([]);
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (field) => {
        for (const one of addressesIn(field)) expect(one).toMatch(/^[^\s@<>,;:]+@[^\s@<>,;:]+$/);
      }),
    );
  });
});
