import { beginning, lineDigest, parseEntry } from './journal-entry.js';
import { readHead } from './journal-head.js';
import { readJournal } from './read-journal.js';

/** What is wrong, and from which line on. */
export interface JournalFault {
  /** From 1. */
  readonly line: number;
  /**
   * `unreadable`: no entry. `broken`: not the line that the one after it names, or another stands before it than it names.
   * `number`: it is not the line that it says. `cut`: lines are missing at the end. `head`: the note of the end was changed or is gone.
   * `known`: the line that the person noted is not in it.
   */
  readonly kind: 'unreadable' | 'broken' | 'number' | 'cut' | 'head' | 'known';
}

export interface JournalVerdict {
  readonly lines: number;
  /** The digest of the last line, hex: who keeps it elsewhere can prove later that nothing before it was changed. */
  readonly last: string;
  /** None for a journal as it was written. */
  readonly faults: readonly JournalFault[];
}

/** Looks at every line and at the note of the end. `known` is a digest of a last line that was kept elsewhere. */
export function verifyJournal(path: string, headPath: string, known?: string): JournalVerdict {
  const lines = readJournal(path);
  const digests = lines.map(lineDigest);
  const faults: JournalFault[] = lines.flatMap((text, at) => faultOf(text, at, digests) ?? []);
  const head = readHead(headPath);
  if (head === undefined) {
    if (lines.length > 0) faults.push({ line: lines.length, kind: 'head' });
  } else if (head.lines > lines.length) {
    faults.push({ line: lines.length + 1, kind: 'cut' });
  } else if ((digests[head.lines - 1] ?? beginning) !== head.last && faults.length === 0) {
    faults.push({ line: head.lines, kind: 'head' });
  }
  if (known !== undefined && !digests.includes(known)) faults.push({ line: lines.length, kind: 'known' });
  return { lines: lines.length, last: digests.at(-1) ?? beginning, faults };
}

function faultOf(text: string, at: number, digests: readonly string[]): JournalFault | undefined {
  const entry = parseEntry(text);
  if (entry === undefined) return { line: at + 1, kind: 'unreadable' };
  if (entry.before !== (digests[at - 1] ?? beginning)) return { line: at + 1, kind: 'broken' };
  return entry.number === at + 1 ? undefined : { line: at + 1, kind: 'number' };
}
