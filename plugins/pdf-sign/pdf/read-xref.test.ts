import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from './budget.js';
import { isPdfError } from './pdf-error.js';
import { readXref } from './read-xref.js';
import { Blocks, sourceOf } from './source.js';
import { bytesOf } from './text.js';
import { type Entry, type Xref } from './xref.js';

const read = (text: string): Promise<Xref> => readXref(new Blocks(sourceOf(bytesOf(text))), new Budget());

type Listed = { readonly offset: number; readonly gen: number } | 'free';

const entries = fc.uniqueArray(
  fc.tuple(
    fc.nat(200),
    fc.oneof(fc.constant<Listed>('free'), fc.record({ offset: fc.nat(9_999_999), gen: fc.nat(65_535) })),
  ),
  { selector: ([num]) => num, minLength: 1, maxLength: 40 },
);

function tableOf(listed: readonly (readonly [number, Listed])[], end: string, prev?: number): string {
  const lines = listed.map(([num, one]) => {
    const [offset, gen, kind] = one === 'free' ? [0, 65_535, 'f'] : [one.offset, one.gen, 'n'];
    return `${num} 1\n${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} ${kind}${end}`;
  });
  return `xref\n${lines.join('')}trailer\n<</Size 300 ${prev === undefined ? '' : `/Prev ${prev}`}>>\n`;
}

const expected = (one: Listed): Entry => (one === 'free' ? { kind: 'free' } : { kind: 'at', ...one });

describe('cross-references', () => {
  it('every entry of a table is read, with lines of any length, and newer sections come first', async () => {
    const ends = fc.constantFrom(' \n', '\r\n', '\n', ' \r\n', '  \n');
    await fc.assert(
      fc.asyncProperty(entries, entries, ends, async (old, now, end) => {
        const head = '%PDF-1.4\n';
        const first = head + tableOf(old, end);
        const whole = `${first}${tableOf(now, end, head.length)}startxref\n${first.length}\n%%EOF`;
        const xref = await read(whole);
        for (const [num, one] of [...old, ...now]) {
          const newest = now.find(([other]) => other === num)?.[1] ?? one;
          expect(await xref.entry(num)).toEqual(expected(newest));
        }
        expect(await xref.entry(250)).toBeUndefined();
      }),
    );
  });

  it('every entry of a stream is read', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.integer({ min: 3, max: 8 }), async (listed, width) => {
        const number = (value: number, bytes: number): number[] =>
          Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
        const rows = listed.flatMap(([, one]) =>
          one === 'free' ? [0, ...number(0, width), 0, 0] : [1, ...number(one.offset, width), ...number(one.gen, 2)],
        );
        const index = listed.map(([num]) => `${num} 1`).join(' ');
        const dict = `<</Type /XRef /Size 300 /W [1 ${width} 2] /Index [${index}] /Length ${rows.length}>>`;
        const head = '%PDF-1.5\n';
        const body = `${head}300 0 obj\n${dict}\nstream\n${String.fromCharCode(...rows)}\nendstream\nendobj\n`;
        const xref = await read(`${body}startxref\n${head.length}\n%%EOF`);
        for (const [num, one] of listed) expect(await xref.entry(num)).toEqual(expected(one));
      }),
    );
  });

  it('any other bytes give an error of the reader', async () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'xref\n',
        '0 5\n',
        '0000000009 00000 n \n',
        'trailer\n',
        '<</Size 5',
        '/Prev 9',
        '>>',
        '1 0 obj',
        'stream\n',
        '/W [1 2 1]',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (parts) => {
        try {
          await read(`%PDF-1.4\n${parts.join('')}\nstartxref\n9\n%%EOF`);
        } catch (error) {
          expect(isPdfError(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
