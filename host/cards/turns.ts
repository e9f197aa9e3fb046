/** Runs what it is given one after the other, in the order given. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #newest = new AbortController();
  #waiting = 0;

  /** True when nothing runs and nothing waits. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Resolves or rejects as `work` does; a rejection does not stop those behind it. `wanted` aborts when another is put behind it. */
  run<T>(work: (wanted: AbortSignal) => Promise<T>): Promise<T> {
    this.#waiting++;
    this.#newest.abort();
    this.#newest = new AbortController();
    const { signal } = this.#newest;
    const turn = this.#last.then(() => work(signal)).finally(() => this.#waiting--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
