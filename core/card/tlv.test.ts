import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.js';
import { encodeTlv, findTlv, parseTlv, scanTlv, tlvLength } from './tlv.js';
import { isFailure } from '../failure.js';

// First bytes that are filling are no tags; a long tag ends with a byte below 80.
const shortTag = fc.integer({ min: 0x01, max: 0xfe }).filter((tag) => (tag & 0x1f) !== 0x1f);
const longTag = fc
  .tuple(fc.constantFrom(0x1f, 0x3f, 0x5f, 0x7f, 0x9f, 0xbf, 0xdf), fc.integer({ min: 0, max: 0x7f }))
  .map(([first, second]) => (first << 8) | second);
const object = fc.record({
  tag: fc.oneof(shortTag, longTag),
  value: fc.uint8Array({ maxLength: 300 }),
});

describe('BER-TLV', () => {
  it('what was written is read again', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), (objects) => {
        const bytes = objects.flatMap(({ tag, value }) => [...encodeTlv(tag, value)]);
        expect(parseTlv(Uint8Array.from(bytes))).toEqual(objects);
      }),
    );
  });

  it('any bytes give objects or card-malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          parseTlv(bytes);
        } catch (error) {
          expect(isFailure(error, 'card-malformed')).toBe(true);
        }
        const { objects } = scanTlv(bytes);
        expect(objects.reduce((sum, { value }) => sum + value.length + 2, 0)).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('tags of one, two and three bytes and lengths of one to five are read', () => {
    const long = `7f4982000201ff`;
    expect(
      parseTlv(fromHex(`04 01 aa df2f 01 00 5fff01 00 ${long}`)).map(({ tag, value }) => [tag, toHex(value)]),
    ).toEqual([
      [0x04, 'aa'],
      [0xdf2f, '00'],
      [0x5fff01, ''],
      [0x7f49, '01ff'],
    ]);
    expect(tlvLength(fromHex('3082043b3082'))).toBe(0x043b + 4);
    expect(tlvLength(fromHex('3084000100003082'))).toBe(0x10000 + 6);
  });

  it('filling before, between and after objects is passed over', () => {
    expect(parseTlv(fromHex('00ff 040101 0000 040102 ffff'))).toHaveLength(2);
  });

  it.each([
    ['a value cut off', '0403 0102'],
    ['a tag cut off', 'df'],
    ['a length cut off', '0482 01'],
    ['the indefinite length', '3080 0000'],
    ['a tag of four bytes', '5f81828301 00'],
    ['a length larger than memory', '0484 ffffffff 00'],
  ])('%s is malformed', (_what, hex) => {
    expect(() => parseTlv(fromHex(hex))).toThrow('card-malformed');
  });

  it('what stands before a broken place is kept', () => {
    const { objects, broken } = scanTlv(fromHex('040101 0405 01'));
    expect([objects.length, broken, findTlv(objects, 0x04)]).toEqual([1, true, Uint8Array.of(1)]);
  });
});
