import type { CardEvent, Reader } from '@sigill/core';
import { type Observable, ReplaySubject, Subject } from 'rxjs';

/** The readers as they are, told to whoever watches: each list differs from the one before, and events follow what they tell of. */
export class ReaderStates {
  readonly #now = new Map<string, Reader>();
  // Nothing is said before something is known.
  readonly #readers = new ReplaySubject<readonly Reader[]>(1);
  readonly #events = new Subject<CardEvent>();
  #known = false;

  get readers(): Observable<readonly Reader[]> {
    return this.#readers.asObservable();
  }

  get events(): Observable<CardEvent> {
    return this.#events.asObservable();
  }

  /** Takes in several changes as one; `change` gives the events that go with them. */
  update(change: (readers: Map<string, Reader>) => readonly CardEvent[]): void {
    const before = new Map(this.#now);
    const events = change(this.#now);
    const changed = !this.#known || !sameReaders([...before.values()], [...this.#now.values()]);
    this.#known = true;
    const states = [...this.#now.values()].flatMap(({ name, state }): CardEvent[] => {
      const was = before.get(name)?.state;
      return was === undefined || was === state ? [] : [{ kind: 'state-changed', reader: name, state }];
    });
    if (changed) this.#readers.next([...this.#now.values()]);
    for (const event of [...events, ...states]) this.#events.next(event);
  }

  /** Tells no more. */
  complete(): void {
    this.#readers.complete();
    this.#events.complete();
  }
}

function sameReaders(before: readonly Reader[], after: readonly Reader[]): boolean {
  return (
    before.length === after.length &&
    after.every((reader, at) => reader === before[at] || JSON.stringify(reader) === JSON.stringify(before[at]))
  );
}
