import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from './bytes.js';
import { dottedOid, hasBit, insideOf, plainText, unsignedNumber } from './der.js';

describe('DER', () => {
  it('any bytes give a value or undefined', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(600), (bytes, bit) => {
        const number = unsignedNumber(bytes);
        expect(number === undefined || (number >= 0 && number < 2 ** 32)).toBe(true);
        expect(typeof hasBit(bytes, bit)).toBe('boolean');
        expect(dottedOid(bytes) ?? '0.0').toMatch(/^\d+(\.\d+)*$/);
        expect(plainText(bytes)).not.toMatch(/\p{Cc}/u);
        insideOf(bytes);
      }),
    );
  });

  it('a reference over 7F is the same with and without a zero in front', () => {
    expect([fromHex('82'), fromHex('0082'), fromHex('00'), fromHex('')].map(unsignedNumber)).toEqual([
      0x82,
      0x82,
      0,
      undefined,
    ]);
  });

  it('bits count from the first, behind the byte that counts unused ones', () => {
    const flags = fromHex('0780c0');
    expect([0, 1, 8, 9, 10, 16].map((bit) => hasBit(flags, bit))).toEqual([true, false, true, true, false, false]);
  });

  it('object identifiers are written in dotted form', () => {
    expect([fromHex('2a8648ce3d0201'), fromHex('550403'), fromHex('883703'), fromHex('2a86')].map(dottedOid)).toEqual([
      '1.2.840.10045.2.1',
      '2.5.4.3',
      '2.999.3',
      undefined,
    ]);
  });

  it('a label cannot steer a terminal', () => {
    expect(plainText(new TextEncoder().encode('PIN\u001b[2J\u202e 1\n'))).toBe('PIN [2J  1');
  });
});
