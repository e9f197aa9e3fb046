import { createHash } from 'node:crypto';

/** A document as the journal names it: by its name without folder, and by its bytes. */
export interface NamedDocument {
  readonly name: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** What happened. */
export interface JournalFact {
  /**
   * `delivered`: a file came of it, signed by a card where `certificate` stands. `lost`: a card signed, and nothing came of it.
   * `signed`: a card signed what is no document of the host's.
   */
  readonly kind: 'delivered' | 'lost' | 'signed';
  readonly plugin: string;
  /** `ok`, or the code of the failure. */
  readonly code: string;
  readonly document?: NamedDocument;
  readonly result?: NamedDocument;
  /** The subject without the number of the person's identity. */
  readonly certificate?: { readonly sha256: string; readonly subject: string };
  readonly algorithm?: string;
  /** Hex: what was signed, where that is no document. */
  readonly digest?: string;
  /** What the plugin says beside: the level of the signature. */
  readonly note?: Readonly<Record<string, string>>;
}

/** A line of the journal. */
export interface JournalEntry extends JournalFact {
  /** From 1. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** SHA-256 of the line before, without its line feed; zeros before the first. Hex. */
  readonly before: string;
}

/** What stands before the first line. */
export const beginning = '0'.repeat(64);

/** The name of a line in the line after it. */
export function lineDigest(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** A line as an entry; nothing when it is none. */
export function parseEntry(line: string): JournalEntry | undefined {
  try {
    const found = JSON.parse(line) as Partial<JournalEntry> | null;
    const { number, time, before, kind, plugin, code } = found ?? {};
    const texts = [time, before, kind, plugin, code].every((one) => typeof one === 'string');
    return typeof number === 'number' && texts ? (found as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
