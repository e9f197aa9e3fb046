import { describe, expect, it } from 'vitest';
import { controlCode, featureRequest, type KeypadPin, modifyBlock, verifyBlock } from './keypad-blocks.js';
import { keypadFeatures } from './keypad-features.js';
import { keypadFailure } from './reader-keypad.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const plain = (text: string): string => text.replaceAll(' ', '');

const pin1: KeypadPin = {
  reference: 0x11,
  format: { blockLength: 12, pad: 0 },
  minLength: 4,
  maxLength: 8,
  language: 0x040b,
};
const zeros = '000000000000000000000000';

describe('blocks for a reader with a keypad (PC/SC part 10)', () => {
  it('have a VERIFY of 19 bytes and the command with its padding', () => {
    expect(hex(verifyBlock(pin1))).toBe(
      plain(`1E 1E 82 0C 00 08 04 02 FF 0B 04 00 00 00 00 11 00 00 00  00 20 00 11 0C ${zeros}`),
    );
  });

  it('have a change of 24 bytes, the new value after the old one', () => {
    const pin2 = { ...pin1, reference: 0x82, minLength: 6, language: 0x041d };
    expect(hex(modifyBlock(pin2, 'change'))).toBe(
      plain(
        `1E 1E 82 0C 00 00 0C 08 06 03 02 03 1D 04 00 01 02 00 00 00 1D 00 00 00  00 24 00 82 18 ${zeros} ${zeros}`,
      ),
    );
  });

  it('have an unlocking with the PUK in place of the old value, or with the new value alone', () => {
    expect(hex(modifyBlock(pin1, 'unblock'))).toBe(
      plain(
        `1E 1E 82 0C 00 00 0C 08 04 03 02 03 0B 04 00 01 02 00 00 00 1D 00 00 00  00 2C 00 11 18 ${zeros} ${zeros}`,
      ),
    );
    expect(hex(modifyBlock(pin1, 'set-new'))).toBe(
      plain(`1E 1E 82 0C 00 00 00 08 04 01 02 02 0B 04 01 02 00 00 00 00 11 00 00 00  00 2C 02 11 0C ${zeros}`),
    );
  });

  it('fill with the padding of the card', () => {
    const myeid = { ...pin1, reference: 1, format: { blockLength: 8, pad: 0xff } };
    expect(hex(verifyBlock(myeid)).slice(38)).toBe('0020000108FFFFFFFFFFFFFFFF');
  });

  it('are not made for a PIN without a block, where the reader would have to write the length itself', () => {
    expect(() => verifyBlock({ ...pin1, format: {} })).toThrow(RangeError);
    expect(() => modifyBlock({ ...pin1, format: { blockLength: 16, pad: 0 } }, 'change')).toThrow(RangeError);
  });
});

describe('what a reader can do', () => {
  it('is asked with its control code', () => {
    expect([featureRequest, controlCode(1)].map((code) => code.toString(16))).toEqual(['42000d48', '42000001']);
  });

  it('is a list of functions with big-endian control codes', () => {
    const features = keypadFeatures(
      bytes('06 04 42 33 00 06  07 04 C2 33 00 07  13 04 42 33 00 13  12 04 42 33 00 12'),
    );
    expect([...features]).toEqual([
      ['verify-direct', 0x42330006],
      ['modify-direct', 0xc2330007],
      ['tlv-properties', 0x42330012],
    ]);
  });

  it.each(['', '06', '06 04', '06 04 42 33', '06 02 42 33', 'FF FF FF'])(
    'is nothing when the answer is %s',
    (answer) => {
      expect([...keypadFeatures(bytes(answer))]).toEqual([]);
    },
  );
});

describe('the reader’s own status words', () => {
  const field = { name: 'new:PIN1', minLength: 4, maxLength: 8 };
  it('are told apart from the card’s', () => {
    const codes = [0x6400, 0x6401, 0x6402, 0x6403, 0x6404, 0x6b80, 0x63c3, 0x9000].map(
      (status) => keypadFailure(status, field)?.code,
    );
    expect(codes).toEqual([
      'cancelled',
      'cancelled',
      'secret-differs',
      'secret-length',
      'card-refused',
      'card-refused',
      undefined,
      undefined,
    ]);
  });
});
