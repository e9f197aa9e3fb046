import type { Budget } from './budget.js';
import type { Blocks } from './source.js';

/** What stands out when a document is read from its first byte to its last. */
export interface Landmarks {
  /** Objects in the order of their places. Absolute offsets. */
  readonly objects: readonly { readonly num: number; readonly gen: number; readonly offset: number }[];
  readonly trailers: readonly number[];
}

// One character for each byte. Those of 0x80 to 0x9f come out as others, which no landmark has.
const characters = new TextDecoder('latin1');
const step = 262_144;
/** Longest landmark: ten digits, five, `obj`, and white space between. */
const overlap = 64;
/** Most objects that are listed. */
const most = 1_000_000;
const words = ['obj', 'stream', 'trailer'] as const;
const objectHead = /(?:^|\D)(\d{1,10})[\0\t\n\f\r ]{1,8}(\d{1,5})[\0\t\n\f\r ]{1,8}$/;

/** Finds every object and trailer of a document, in pieces; what looks like one inside stream data is passed over. */
export async function scan(blocks: Blocks, budget: Budget): Promise<Landmarks> {
  const objects: { num: number; gen: number; offset: number }[] = [];
  const trailers: number[] = [];
  let inStream = false;
  for (let at = 0; at < blocks.size && objects.length < most; at += step) {
    const from = Math.max(0, at - overlap);
    const text = characters.decode(await blocks.read(from, at + step + overlap - from));
    for (const [word, index] of wordsIn(text, at - from, at + step - from)) {
      budget.token();
      const before = text.slice(Math.max(0, index - overlap), index);
      if (before.endsWith('end') && word !== 'trailer') inStream = false;
      else if (inStream) continue;
      else if (word === 'stream') inStream = /^[\r\n ]/.test(text.slice(index + 6, index + 7));
      else if (word === 'trailer') trailers.push(from + index);
      else {
        const head = objectHead.exec(before);
        if (head === null || /^[a-z]/.test(text.slice(index + 3, index + 4))) continue;
        const offset = from + index - before.length + head.index + head[0].search(/\d/);
        objects.push({ num: Number(head[1]), gen: Number(head[2]), offset });
      }
    }
  }
  return { objects, trailers };
}

/** The words that begin from `start` and before `end`, in the order of their places. */
function* wordsIn(text: string, start: number, end: number): Iterable<readonly [(typeof words)[number], number]> {
  const next = words.map((word) => text.indexOf(word, start));
  for (;;) {
    let nearest = -1;
    next.forEach((place, which) => {
      if (place >= 0 && (nearest < 0 || place < (next[nearest] ?? 0))) nearest = which;
    });
    const [word, place] = [words[nearest], next[nearest]];
    if (word === undefined || place === undefined || place >= end) return;
    yield [word, place];
    next[nearest] = text.indexOf(word, place + word.length);
  }
}
