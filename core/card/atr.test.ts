import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../failure.js';
import { parseAtr } from './atr.js';
import { fromHex, toHex } from './bytes.js';

const read = (hex: string): unknown[] => {
  const { historicalBytes, protocols, checked, contactless } = parseAtr(fromHex(hex));
  return [toHex(historicalBytes), protocols.join(' '), checked, contactless];
};

describe('Answer to reset', () => {
  // cards.md §1.1, §2.5.
  it.each([
    ['citizen v4.0', '3b7f9600008031b865b085050011122460829000', '8031b865b085050011122460829000', 'T=0'],
    ['organisation', '3bdd96008031fe450031b8640429ecc1739401808248', '0031b8640429ecc17394018082', 'T=0 T=1'],
    ['MyEID', '3bf51800008131fe454d794549449a', '4d79454944', 'T=1'],
    ['old FINEID', '3b7b940000806212515646696e454944', '806212515646696e454944', 'T=0'],
  ])('of a %s card is read', (_card, atr, historical, protocols) => {
    expect(read(atr)).toEqual([historical, protocols, true, false]);
  });

  it('made up by a reader for a contactless card has the same historical bytes', () => {
    const historical = '8031b865b085050011122460829000';
    const body = fromHex(`8f8001${historical}`);
    const check = body.reduce((sum, byte) => sum ^ byte, 0);
    expect(read(`3b${toHex(body)}${check.toString(16).padStart(2, '0')}`)).toEqual([historical, 'T=0 T=1', true, true]);
  });

  it('with a wrong check byte is still read, for such cards are in use', () => {
    expect(read('3bdf96008031fe450031b8640429ecc17394018082900000')).toEqual([
      '0031b8640429ecc17394018082 9000'.replace(' ', ''),
      'T=0 T=1',
      false,
      false,
    ]);
  });

  it.each(['', '3b', '4b00', '3b7f9600', '3bf0'])('%j is none', (hex) => {
    expect(() => parseAtr(fromHex(hex))).toThrow('card-malformed');
  });

  it('any bytes give one or card-malformed', () => {
    const likely = fc.uint8Array({ maxLength: 33 }).map((rest) => Uint8Array.of(0x3b, ...rest));
    fc.assert(
      fc.property(fc.oneof(likely, fc.uint8Array({ maxLength: 40 })), (bytes) => {
        try {
          expect(parseAtr(bytes).historicalBytes.length).toBeLessThanOrEqual(15);
        } catch (error) {
          expect(isFailure(error, 'card-malformed')).toBe(true);
        }
      }),
    );
  });
});
