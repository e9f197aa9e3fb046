import type { DocumentInfo } from '@sigill/core';

/** A document as the journal names it. */
export interface JournalDocument extends Omit<DocumentInfo, 'id'> {
  /** Hex. */
  readonly sha256: string;
}

/** What a document was signed with. */
export interface SignedBy {
  readonly certificate: { readonly sha256: string; readonly subject: string };
  readonly algorithm: string;
}

/** What became of a document in a plugin's hands. */
export interface DocumentFate {
  readonly plugin: string;
  readonly document: JournalDocument;
  /** Absent when no card signed it. */
  readonly signed?: SignedBy | undefined;
  readonly result?: JournalDocument;
  readonly note?: Readonly<Record<string, string>> | undefined;
  /** Why there is no result: a failure's code, or a plugin's own. */
  readonly code?: string;
}

/** Where the store writes down what it delivers. */
export interface DeliveryJournal {
  /** Fails with `journal-unwritable`: before anything is signed. */
  ready(): void;
  /** Fails with `journal-unwritable`. */
  write(fate: DocumentFate): void;
}
