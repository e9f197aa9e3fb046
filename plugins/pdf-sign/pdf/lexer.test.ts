import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';
import { Lexer, needMore } from './lexer.js';
import { as, dict, name, pdfNull, type PdfValue, ref } from './objects.js';
import { parseValue } from './parser.js';
import { isPdfError } from './pdf-error.js';
import { serialize } from './serialize.js';
import { bytesOf } from './text.js';

const parsed = (text: string): PdfValue => parseValue(new Lexer(bytesOf(text), new Budget()));
const string = (text: string): string | undefined => {
  const bytes = as('string', parsed(text))?.bytes;
  return bytes && Buffer.from(bytes).toString('latin1');
};

const bytes = fc.uint8Array({ maxLength: 40 });
const word = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 12,
});
const leaf: fc.Arbitrary<PdfValue> = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => Number(value.toFixed(4)) + 0),
  word.map(name),
  bytes.map((found): PdfValue => ({ kind: 'string', bytes: found })),
  fc.tuple(fc.nat(9_999_999), fc.nat(65_535)).map(([num, gen]) => ref(num, gen)),
  fc.constant(pdfNull),
);
const value = fc.letrec<{ any: PdfValue }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('any'), { maxLength: 6 }),
    fc.dictionary(word, tie('any'), { maxKeys: 6 }).map((entries) => dict({ ...entries })),
  ),
})).any;

/** A value without how its strings were written. */
const plain = (one: PdfValue): unknown =>
  JSON.parse(
    JSON.stringify(one, (key, item: unknown) => {
      if (key === 'hex') return undefined;
      if (item instanceof Uint8Array) return Buffer.from(item).toString('hex');
      return item instanceof Map ? [...item] : item;
    }),
  );

describe('PDF syntax', () => {
  it('what is written is read again', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(plain(parsed(serialize(one)))).toEqual(plain(one));
      }),
    );
  });

  it('any bytes give a value or an error of the reader', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<<', '>>', '[', ']', '(', ')', '<', '>', '/', '%', '1 0 R', '\\', 'R', '-', '.'),
    );
    const soup = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(soup, (text) => {
        try {
          parsed(text);
        } catch (error) {
          expect(isPdfError(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a piece of a value asks for more, or is read as the whole is', () => {
    fc.assert(
      fc.property(value, fc.nat(), (one, at) => {
        const text = bytesOf(`${serialize(one)} `);
        const cut = text.subarray(0, at % text.length);
        try {
          const found = parseValue(new Lexer(cut, new Budget(), { whole: false }));
          expect(plain(found)).toEqual(plain(one));
        } catch (error) {
          expect(error).toBe(needMore);
        }
      }),
    );
  });

  it('strings: escapes, line ends, nested parentheses, odd digits', () => {
    expect(string('(a\\(b\\)c(d)\\n\\101\\7x\\\r\nz\\q)')).toBe('a(b)c(d)\nA\x07xzq');
    expect(string('(a\r\nb\rc)')).toBe('a\nb\nc');
    expect(string('<4 1 4g2 5>')).toBe('ABP');
  });

  it('numbers as real writers write them', () => {
    expect(['--5', '+.5', '4.', '-.002', '5-3', '0005'].map(parsed)).toEqual([-5, 0.5, 4, -0.002, 5, 5]);
    expect(serialize([0.0000001, 1e21, -0, 12.5])).toBe('[0.0000001 0 0 12.5]');
  });

  it('names with digits for characters', () => {
    expect(parsed('/A#20B#zz')).toEqual(name('A B#zz'));
    expect(serialize(name('A B#/'))).toBe('/A#20B#23#2f');
  });

  it('nesting has an end', () => {
    expect(() => parsed('['.repeat(5000))).toThrow('pdf-too-complex');
    expect(() => parsed('<</A'.repeat(5000))).toThrow('pdf-too-complex');
  });
});
