import type { PdfDict } from './objects.js';

/** Where an object is: nowhere, at an offset of the document, or in an object stream. */
export type Entry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'in'; readonly stream: number; readonly index: number };

/** Entries of one part of a cross-reference section. */
export interface Entries {
  /** Highest number that it speaks of; -1 when it is empty. */
  readonly most: number;
  entry(num: number): Promise<Entry | undefined>;
  /** All numbers that it speaks of, ascending. */
  numbers(): Iterable<number>;
}

/** One cross-reference section (ISO 32000-1 §7.5.4, §7.5.8): the objects that one revision, or a part of it, changed. */
export interface Section {
  readonly kind: 'table' | 'stream';
  /** Absolute offset of its `xref` or stream object. */
  readonly offset: number;
  /** Object number of the stream. */
  readonly own?: number;
  readonly trailer: PdfDict;
  readonly entries: Entries;
  /** Entries of the stream that /XRefStm of a hybrid's table points to. */
  readonly hidden?: Entries;
  readonly hiddenOwn?: number;
}

/** Cross-reference sections, newest first. */
export class Xref {
  readonly sections: readonly Section[];
  /** Offset of `%PDF`: what the offsets inside the document are counted from. */
  readonly base: number;
  /** Made by scanning, because the document's own was not usable. */
  readonly repaired: boolean;

  constructor(sections: readonly Section[], base: number, repaired = false) {
    this.sections = sections;
    this.base = base;
    this.repaired = repaired;
  }

  /** Where object `num` is; the newest section that speaks of it decides. */
  async entry(num: number): Promise<Entry | undefined> {
    for (const section of this.sections) {
      const found = await entryIn(section, num);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Key of the newest trailer that has it. */
  fromTrailers(key: string): PdfDict['entries'] extends ReadonlyMap<string, infer V> ? V | undefined : never {
    for (const { trailer } of this.sections) {
      const found = trailer.entries.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Without the `newest` sections: the document as it was before them. */
  before(newest: number): Xref {
    return new Xref(this.sections.slice(newest), this.base, this.repaired);
  }
}

/** What one section says of object `num`. */
export async function entryIn(section: Section, num: number): Promise<Entry | undefined> {
  const shown = await section.entries.entry(num);
  if (section.hidden === undefined || shown?.kind === 'at') return shown;
  // §7.5.8.4: what a hybrid hides from old readers is free in the table.
  return (await section.hidden.entry(num)) ?? shown;
}
