/** What cards signed and what came of it: asked for by the page of the journal alone. */
export interface JournalView {
  /** False when it is not as it was written. */
  readonly sound: boolean;
  readonly verdict: string;
  /** Digest of the last line, hex. */
  readonly last: string;
  readonly shown: string;
  /** The newest first. */
  readonly rows: readonly JournalRowView[];
}

/** An entry of the journal, in words. */
export interface JournalRowView {
  readonly number: string;
  readonly time: string;
  readonly what: string;
  /** Whose certificate; empty where none signed. */
  readonly who: string;
  readonly details: readonly string[];
}
