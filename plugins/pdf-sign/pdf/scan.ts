import type { Budget } from './budget.js';
import type { Blocks } from './source.js';
import { latin } from './text.js';

/** What stands out when a document is read from its first byte to its last. */
export interface Landmarks {
  /** Objects in the order of their places. Absolute offsets. */
  readonly objects: readonly { readonly num: number; readonly gen: number; readonly offset: number }[];
  readonly trailers: readonly number[];
}

const step = 262_144;
/** Longest landmark: ten digits, five, `obj`, and white space between. */
const overlap = 64;
const landmark =
  /(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,8}(\d{1,5})[\0\t\n\f\r ]{1,8}obj(?![a-z])|trailer|endstream|endobj|(?<!end)stream(?=[\r\n ])/g;
/** Most objects that are listed. */
const most = 2_000_000;

/** Finds every object and trailer of a document, in pieces; what looks like one inside stream data is passed over. */
export async function scan(blocks: Blocks, budget: Budget): Promise<Landmarks> {
  const objects: { num: number; gen: number; offset: number }[] = [];
  const trailers: number[] = [];
  let inStream = false;
  let done = 0;
  for (let at = 0; at < blocks.size && objects.length < most; at += step) {
    const from = Math.max(0, at - overlap);
    const text = latin(await blocks.read(from, at + step + overlap - from));
    for (const { 0: word, 1: num, 2: gen, index } of text.matchAll(landmark)) {
      const offset = from + index;
      // Seen already in the overlap.
      if (offset < done) continue;
      if (offset >= at + step) break;
      done = offset + 1;
      budget.token();
      if (word === 'endstream' || word === 'endobj') inStream = false;
      else if (inStream) continue;
      else if (word === 'stream') inStream = true;
      else if (word === 'trailer') trailers.push(offset);
      else objects.push({ num: Number(num), gen: Number(gen), offset });
    }
  }
  return { objects, trailers };
}
