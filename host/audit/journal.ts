import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@sigill/core';
import { withLock } from '../simulate/lock-file.js';
import { beginning, type JournalEntry, type JournalFact, lineDigest, parseEntry } from './journal-entry.js';
import { emptyHead, type JournalHead, readHead, writeHead } from './journal-head.js';
import { readJournal } from './read-journal.js';

export interface JournalSettings {
  /** The person's own folder, which is there. */
  readonly folder: string;
  /** The person's wish, now. */
  readonly wanted: () => boolean;
  readonly now?: () => Date;
}

/**
 * What cards signed and what came of it: lines of JSON that are only ever added, each with the digest of the line before, kept on this
 * computer alone. docs/decisions/0020 says which tampering is found.
 */
export class Journal {
  readonly path: string;
  readonly headPath: string;
  readonly #settings: JournalSettings;

  constructor(settings: JournalSettings) {
    this.#settings = settings;
    this.path = join(settings.folder, 'journal.jsonl');
    this.headPath = join(settings.folder, 'journal.head');
  }

  /** True while entries are wanted. */
  get wanted(): boolean {
    return this.#settings.wanted();
  }

  /** Fails with `journal-unwritable` when the next entry could not be written: asked before anything is signed. */
  ready(): void {
    if (this.wanted) this.#locked(() => closeSync(openSync(this.path, 'a', 0o600)));
  }

  /** Adds a line and makes it last. Nothing is done when the person wants no journal. Fails with `journal-unwritable`. */
  add(fact: JournalFact): void {
    if (this.wanted) this.#locked(() => this.#append(fact));
  }

  /** All entries that can be read, the oldest first. */
  entries(): readonly JournalEntry[] {
    return readJournal(this.path).flatMap((line) => parseEntry(line) ?? []);
  }

  #append(fact: JournalFact): void {
    const file = openSync(this.path, 'a+', 0o600);
    try {
      const { lines, last, size } = this.#end(file);
      const { now = () => new Date() } = this.#settings;
      const entry: JournalEntry = { number: lines + 1, time: now().toISOString(), ...fact, before: last };
      const line = JSON.stringify(entry);
      write(file, `${line}\n`, size);
      fsyncSync(file);
      writeHead(this.headPath, { lines: lines + 1, size: fstatSync(file).size, last: lineDigest(line) });
    } finally {
      closeSync(file);
    }
  }

  /** Where the journal ends. What a crash left of a line without its end is cut away: it never was an entry. */
  #end(file: number): JournalHead {
    const { size } = fstatSync(file);
    const head = readHead(this.headPath) ?? emptyHead;
    // The usual case costs no look at older lines.
    if (size === head.size) return head;
    const bytes = Buffer.alloc(size);
    readSync(file, bytes, 0, size, 0);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < size && whole >= head.size) ftruncateSync(file, whole);
    const kept = bytes.toString('utf8', 0, whole < size && whole >= head.size ? whole : size);
    const lines = kept.split('\n').filter((line) => line !== '');
    const lastLine = lines.at(-1);
    // Numbers go on from the head where lines are missing: the gap stays to be seen.
    return {
      lines: Math.max(lines.length, head.lines),
      size: Buffer.byteLength(kept),
      last: lines.length < head.lines ? head.last : lastLine === undefined ? beginning : lineDigest(lastLine),
    };
  }

  /** One line at a time, whichever process of this person writes. */
  #locked(use: () => void): void {
    try {
      withLock(`${this.path}.lock`, use);
    } catch (error) {
      const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      throw new Failure('journal-unwritable', { path: this.path, why }, error);
    }
  }
}

/** All of it or nothing: a disk that fills up in the middle of a line loses the line. */
function write(file: number, text: string, size: number): void {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
}
