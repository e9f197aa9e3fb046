import type { Readable } from 'node:stream';
import type { FailureData } from '@sigill/core';
import type { Observable } from 'rxjs';
import type { WindowRequest } from './requests.js';
import type { JournalView } from './view/journal-view.js';
import type { WindowView } from './view/window-view.js';

/** What window and tray sit at: the host's state as a view, and the person's wishes. */
export interface Desk {
  /** What is; replays the last. Never errors. */
  readonly view: Observable<WindowView>;
  /** Carries out what the page asks. Fails with a `Failure` for what cannot be. */
  request(request: WindowRequest): Promise<void>;
  /** A failure in the window's words, which send nobody to the command line; the host's own without. */
  say?(failure: FailureData): string;
  /** Documents that the person gives to panels; absent where there are none. */
  readonly documents?: PageDocuments;
  readonly journal?: PageJournal;
  /** A certificate's DER, for the download. Fails with `certificate-unknown`, `card-removed`. */
  certificate(card: string, id: string): Promise<{ readonly der: Uint8Array; readonly name: string }>;
}

/** Documents on their way between the page and the host. */
export interface PageDocuments {
  /** Takes in a dropped document of at most `limit` bytes. Fails with `panel-unknown`, `file-unreadable`, `file-unwritable`. */
  receive(panel: string, name: string, bytes: Readable, limit: number): Promise<void>;
  /** Fails with `document-unknown`, `document-range`, `document-changed`. */
  piece(id: string, offset: number, length: number): Promise<{ readonly bytes: Uint8Array; readonly size: number }>;
}

/** What cards signed. */
export interface PageJournal {
  /** In the person's language now. Fails as the file system does. */
  view(): JournalView;
  /** Its lines as they are. Fails as the file system does. */
  file(): Uint8Array;
}

/** Opens an address for the person: the browser as an app window when it can, else a tab; nothing when there is no desktop. */
export interface Opener {
  open(address: string, size: { readonly width: number; readonly height: number }): void;
}
