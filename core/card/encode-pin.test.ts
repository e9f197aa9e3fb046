import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePin } from './encode-pin.js';
import { toHex } from './bytes.js';
import { pinVerdict } from './pin-verdict.js';

const digits = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('PIN blocks', () => {
  it.each([
    ['as typed', '1234', {}, '31323334'],
    ['FINEID citizen', '1234', { blockLength: 12, pad: 0x00 }, '313233340000000000000000'],
    ['MyEID', '123456', { blockLength: 8, pad: 0xff }, '313233343536ffff'],
    ['BCD, an odd number of digits', '12345', { encoding: 'bcd', pad: 0xff, blockLength: 8 }, '12345fffffffffff'],
    ['BCD without a block', '1234', { encoding: 'bcd' }, '1234'],
  ] as const)('%s', (_name, typed, format, hex) => {
    expect(toHex(encodePin(digits(typed), format))).toBe(hex);
  });

  it('do not change the digits that were typed', () => {
    const typed = digits('1234');
    encodePin(typed, {}).fill(0);
    expect(typed).toEqual(digits('1234'));
  });

  it('are not made of letters, nor of more digits than there is room for', () => {
    expect(() => encodePin(digits('12a4'), {})).toThrow('secret-not-digits');
    expect(() => encodePin(digits('123456789'), { blockLength: 8, pad: 0xff })).toThrow('secret-length');
    expect(() => encodePin(digits('12345'), { blockLength: 2, encoding: 'bcd' })).toThrow('secret-length');
  });

  it('hold every digit in BCD', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,16}$/), (typed) => {
        const block = encodePin(digits(typed), { encoding: 'bcd', pad: 0xff, blockLength: 8 });
        expect(toHex(block).slice(0, typed.length)).toBe(typed);
        expect(toHex(block).slice(typed.length)).toMatch(/^f*$/);
      }),
    );
  });
});

describe('The verdict on a PIN command', () => {
  it.each([
    [0x9000, { kind: 'done' }],
    [0x63c4, { kind: 'wrong', triesLeft: 4 }],
    [0x6300, { kind: 'wrong' }],
    [0x63c0, { kind: 'locked', triesLeft: 0 }],
    [0x6983, { kind: 'locked', triesLeft: 0 }],
    [0x6984, { kind: 'not-set' }],
    [0x6982, { kind: 'refused' }],
    [0x6985, { kind: 'refused' }],
    [0x6a80, { kind: 'refused' }],
    [0x6700, { kind: 'refused' }],
  ] as const)('%i', (status, verdict) => {
    expect(pinVerdict(status)).toEqual(verdict);
  });
});
