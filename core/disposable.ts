/** Something that was started and can be given back. `dispose` is idempotent. */
export interface Disposable {
  dispose(): void;
}

/** Gives back what was added, newest first. */
export class DisposableStore implements Disposable {
  readonly #kept: Disposable[] = [];
  #disposed = false;

  /** Keeps `kept` until the store is disposed; after that, gives it back at once. */
  add<T extends Disposable>(kept: T): T {
    if (this.#disposed) kept.dispose();
    else this.#kept.push(kept);
    return kept;
  }

  dispose(): void {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (let kept = this.#kept.pop(); kept; kept = this.#kept.pop()) {
      try {
        kept.dispose();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some things could not be given back');
  }
}
