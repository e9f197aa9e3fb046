/** Runs what it is given one after the other, in the order given. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** True when nothing runs and nothing waits. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Resolves or rejects as `work` does; a rejection does not stop those behind it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => this.#waiting--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
