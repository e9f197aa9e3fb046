import { Failure } from '../failure.js';
import type { Protocol } from './pcsc.js';

/** What an answer to reset says (ISO 7816-3 §8). */
export interface Atr {
  readonly historicalBytes: Uint8Array;
  /** In the order offered; T=0 when the card names none. Others than T=0 and T=1 are left out. */
  readonly protocols: readonly Protocol[];
  /** False when a check byte is there and wrong, or missing; such cards are in use, so this alone is no reason to refuse. */
  readonly checked: boolean;
  /** True for the form that readers make up for contactless cards (PC/SC part 3 §3.1.3.2.3). */
  readonly contactless: boolean;
}

const conventions: readonly number[] = [0x3b, 0x3f];

/** Reads an answer to reset. Fails with `card-malformed`. */
export function parseAtr(atr: Uint8Array): Atr {
  const [ts, t0] = atr;
  if (ts === undefined || t0 === undefined || !conventions.includes(ts)) throw malformed();
  const named: number[] = [];
  let at = 2;
  let present = t0 >> 4;
  while (present !== 0) {
    // TA, TB and TC are one byte each; TD tells what comes next.
    at += (present & 1) + ((present >> 1) & 1) + ((present >> 2) & 1);
    if ((present & 8) === 0) break;
    const td = atr[at];
    if (td === undefined) throw malformed();
    at += 1;
    named.push(td & 0x0f);
    present = td >> 4;
  }
  const end = at + (t0 & 0x0f);
  if (end > atr.length) throw malformed();
  return {
    historicalBytes: atr.slice(at, end),
    protocols: protocolsOf(named),
    checked: isChecked(atr, named, end),
    contactless: t0 >> 4 === 8 && atr[2] === 0x80 && atr[3] === 0x01,
  };
}

function protocolsOf(named: readonly number[]): readonly Protocol[] {
  if (named.length === 0) return ['T=0'];
  const known = named.flatMap((value): Protocol[] => (value === 0 ? ['T=0'] : value === 1 ? ['T=1'] : []));
  return [...new Set(known)];
}

// ISO 7816-3 §8.2.5: the check byte is absent when T=0 alone is offered; with it, all after TS is zero under XOR.
function isChecked(atr: Uint8Array, named: readonly number[], end: number): boolean {
  if (named.every((value) => value === 0)) return atr.length === end;
  return atr.length === end + 1 && atr.subarray(1).reduce((sum, byte) => sum ^ byte, 0) === 0;
}

const malformed = (): Failure => new Failure('card-malformed', { what: 'atr' });
