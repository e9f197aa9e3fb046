import type { ReaderPresence } from '@sigill/core/card';

/** Bits of a reader's state as PC/SC tells it (SCARD_STATE_…); the upper half counts insertions and removals. */
export const readerState = { present: 0x0020, mute: 0x0200 } as const;

interface Seen {
  readonly name: string;
  readonly counter: number;
  readonly present: boolean;
  readonly mute: boolean;
  readonly insertion: number;
  /** False while the card's answer to reset is still being asked for: until then the reader is shown as empty. */
  readonly asked: boolean;
  readonly atr?: Uint8Array;
}

/** The readers of one card service and what is in them, made from PC/SC's state words. */
export class Presences {
  readonly #seen = new Map<string, Seen>();
  #insertions = 0;

  /**
   * Takes in a new state of a reader; gives the number of a new insertion, `undefined` when none took place.
   * Without `atr`, a new card that is not mute is shown once `complete` was called.
   */
  update(name: string, state: number, atr?: Uint8Array): number | undefined {
    const before = this.#seen.get(name);
    const present = (state & readerState.present) !== 0;
    const mute = (state & readerState.mute) !== 0;
    const counter = state >>> 16;
    const inserted = present && (!before?.present || before.counter !== counter);
    const insertion = inserted ? ++this.#insertions : (before?.insertion ?? 0);
    const known = atr ?? (inserted ? undefined : before?.atr);
    const asked = mute || atr !== undefined || (!inserted && (before?.asked ?? true));
    this.#seen.set(name, {
      name,
      counter,
      present,
      mute,
      insertion,
      asked,
      ...(present && known ? { atr: known } : {}),
    });
    return inserted ? insertion : undefined;
  }

  /** Adds what the card was asked for; without effect when another came meanwhile. */
  complete(name: string, insertion: number, found: { readonly atr?: Uint8Array; readonly mute?: boolean }): void {
    const seen = this.#seen.get(name);
    if (seen?.present && seen.insertion === insertion) this.#seen.set(name, { ...seen, ...found, asked: true });
  }

  leave(name: string): void {
    this.#seen.delete(name);
  }

  clear(): void {
    this.#seen.clear();
  }

  /** The number of the newest insertion in a reader. */
  insertion(name: string): number {
    return this.#seen.get(name)?.insertion ?? 0;
  }

  /** The answer to reset of the card in a reader; empty when there is none or it is not known. */
  atr(name: string): Uint8Array {
    return this.#seen.get(name)?.atr ?? new Uint8Array();
  }

  /** True while the card of that insertion is in the reader. */
  holds(name: string, insertion: number): boolean {
    const seen = this.#seen.get(name);
    return seen !== undefined && seen.present && seen.insertion === insertion;
  }

  /** In the order of their names, for the service tells them as it likes. */
  list(): ReaderPresence[] {
    return this.#sorted().map(({ name, insertion, present, asked, mute, atr }) => {
      if (!present) return { name, insertion };
      if (!asked) return { name, insertion: insertion - 1 };
      if (mute && !atr) return { name, insertion, mute };
      // Bytes that could not be asked for (another program has the card alone) are no bytes: the card is there all the same.
      return { name, insertion, atr: atr ?? new Uint8Array(), ...(mute ? { mute } : {}) };
    });
  }

  names(): string[] {
    return this.#sorted().map(({ name }) => name);
  }

  #sorted(): Seen[] {
    return [...this.#seen.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
