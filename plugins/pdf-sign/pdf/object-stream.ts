import type { Budget } from './budget.js';
import { Lexer } from './lexer.js';
import { type PdfValue } from './objects.js';
import { parseValue } from './parser.js';
import { damaged } from './pdf-error.js';

/** The objects of one object stream (ISO 32000-1 §7.5.7). */
export interface Packed {
  readonly numbers: readonly number[];
  /** Object `num`, read when it is asked for. */
  get(num: number): PdfValue | undefined;
}

/** Reads the head of a decoded object stream: `count` numbers with offsets behind `first`. Fails with `pdf-damaged`. */
export function readPacked(bytes: Uint8Array, count: number, first: number, budget: Budget): Packed {
  if (count < 0 || first < 0 || first > bytes.length || count > bytes.length) throw damaged('an object stream');
  const header = new Lexer(bytes.subarray(0, first), budget);
  const places = new Map<number, number>();
  for (let at = 0; at < count; at += 1) {
    const [num, offset] = [header.next(), header.next()];
    if (typeof num !== 'number' || typeof offset !== 'number') throw damaged('an object stream');
    places.set(num, first + offset);
  }
  return {
    numbers: [...places.keys()],
    get: (num) => {
      const pos = places.get(num);
      return pos === undefined ? undefined : parseValue(new Lexer(bytes, budget, { pos }));
    },
  };
}
