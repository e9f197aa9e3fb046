import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';
import { decodeStream, inflate } from './filters.js';
import { dict, name, type PdfValue } from './objects.js';
import { rc4 } from './rc4.js';
import { bytesOf, latin } from './text.js';

const decoded = (raw: Uint8Array, entries: Record<string, PdfValue>): Uint8Array =>
  decodeStream(dict(entries), raw, new Budget());

describe('stream data', () => {
  it('what is compressed is there again, whatever its size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(inflate(zlibSync(bytes))).toEqual(bytes);
      }),
    );
  });

  it('a bomb is refused before it has grown', () => {
    const bomb = zlibSync(new Uint8Array(4 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(6_000);
    expect(() => inflate(bomb, 1024 * 1024)).toThrow('pdf-too-complex');
  });

  it('of data that is cut short, what is there is used', () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7919) % 251);
    const cut = inflate(zlibSync(bytes).subarray(0, -200));
    expect(cut.length).toBeGreaterThan(0);
    expect(bytes.subarray(0, cut.length)).toEqual(cut);
  });

  it('PNG predictors are undone', () => {
    const rows = Uint8Array.from([0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1]);
    const parms = dict({ Predictor: 15, Columns: 3 });
    const found = decoded(zlibSync(rows), { Filter: [name('FlateDecode')], DecodeParms: [parms] });
    expect([...found]).toEqual([1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5]);
  });

  it('text filters', () => {
    expect(latin(decoded(bytesOf('48 656C6C 6F7>'), { Filter: name('ASCIIHexDecode') }))).toBe('Hellop');
    expect(latin(decoded(bytesOf('87cURDZ~>'), { Filter: name('ASCII85Decode') }))).toBe('Hello');
  });

  it('a filter that is not known is said', () => {
    expect(() => decoded(bytesOf('x'), { Filter: name('DCTDecode') })).toThrow('pdf-damaged');
  });
});

it('RC4 gives what its test vectors say', () => {
  expect(Buffer.from(rc4(bytesOf('Key'), bytesOf('Plaintext'))).toString('hex')).toBe('bbf316e8d940af0ad3');
  expect(Buffer.from(rc4(bytesOf('Wiki'), bytesOf('pedia'))).toString('hex')).toBe('1021bf0420');
});
