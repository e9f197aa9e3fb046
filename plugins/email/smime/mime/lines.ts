/** Where a line lies: its text from `start` to `end`, the next line from `next`. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines of `bytes`, ended by CRLF or by LF alone; the last may have no end. */
export function* lines(bytes: Uint8Array): Generator<Line> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start);
    const next = feed < 0 ? bytes.length : feed + 1;
    const stop = feed < 0 ? bytes.length : feed;
    yield { start, end: feed > start && bytes[feed - 1] === 0x0d ? stop - 1 : stop, next };
    start = next;
  }
}
