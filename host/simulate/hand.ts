/** What a hand can do with the simulated cards: takes the one of a reader out, and puts it back in. Fails with `reader-unknown`, `no-card`. */
export interface Hand {
  /** `''` is the first reader. */
  remove(reader: string): void;
  insert(reader: string): void;
}
