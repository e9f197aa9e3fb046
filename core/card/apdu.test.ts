import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../failure.js';
import { type Command, encodeCommand, parseCommand, parseResponse } from './apdu.js';
import { fromHex, toHex } from './bytes.js';

const header = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c };
const byte = fc.integer({ min: 0, max: 255 });
const command = fc
  .tuple(byte, byte, byte, byte, fc.uint8Array({ maxLength: 700 }), fc.option(fc.nat(65_535), { nil: undefined }))
  .map(([cla, ins, p1, p2, data, le]): Command => {
    return { cla, ins, p1, p2, ...(data.length > 0 && { data }), ...(le !== undefined && { le }) };
  });

// 256 in the short form and 65536 in the long one are both written 0: all there is.
const normal = ({ le, ...rest }: Command): Command => ({
  ...rest,
  ...(le !== undefined && { le: le === 256 ? 0 : le }),
});

describe('Command APDUs', () => {
  it('a command comes back from its T=1 bytes', () => {
    fc.assert(
      fc.property(command, (sent) => {
        const found = parseCommand(encodeCommand(sent, 'T=1'));
        expect(normal(found)).toEqual(normal(sent));
      }),
    );
  });

  it('any bytes give a command or card-malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        try {
          parseCommand(bytes);
        } catch (error) {
          expect(isFailure(error, 'card-malformed')).toBe(true);
        }
      }),
    );
  });

  it('all four cases are written as each protocol wants them', () => {
    const data = fromHex('4331');
    const written = (sent: Partial<Command>): string[] =>
      (['T=1', 'T=0'] as const).map((protocol) => toHex(encodeCommand({ ...header, ...sent }, protocol)));
    expect([
      written({}),
      written({ le: 0 }),
      written({ le: 256 }),
      written({ data }),
      written({ data, le: 0 }),
    ]).toEqual([
      ['00a4040c', '00a4040c'],
      ['00a4040c00', '00a4040c00'],
      ['00a4040c00', '00a4040c00'],
      ['00a4040c024331', '00a4040c024331'],
      ['00a4040c02433100', '00a4040c024331'],
    ]);
  });

  it('long data and long answers take the extended form on T=1', () => {
    const data = new Uint8Array(256).fill(0xaa);
    expect(toHex(encodeCommand({ ...header, data, le: 0 }, 'T=1'))).toBe(`00a4040c000100${'aa'.repeat(256)}0000`);
    expect(toHex(encodeCommand({ ...header, le: 1000 }, 'T=1'))).toBe('00a4040c0003e8');
    expect(toHex(encodeCommand({ ...header, le: 1000 }, 'T=0'))).toBe('00a4040c00');
    expect(() => encodeCommand({ ...header, data }, 'T=0')).toThrow(RangeError);
  });
});

describe('Response APDUs', () => {
  it('the last two bytes are the status', () => {
    expect(parseResponse(fromHex('01029000'))).toEqual({ data: fromHex('0102'), status: 0x9000 });
  });

  it('fewer than two bytes are no response', () => {
    for (const bytes of ['', '90']) expect(() => parseResponse(fromHex(bytes))).toThrow('card-malformed');
  });
});
