import type { FailureData } from '@sigill/core';
import type { Observable } from 'rxjs';
import type { WindowRequest } from './requests.js';
import type { WindowView } from './view.js';

/** What window and tray sit at: the host's state as a view, and the person's wishes. */
export interface Desk {
  /** What is; replays the last. Never errors. */
  readonly view: Observable<WindowView>;
  /** Carries out what the page asks. Fails with a `Failure` for what cannot be. */
  request(request: WindowRequest): Promise<void>;
  /** A failure in the window's words, which send nobody to the command line; the host's own without. */
  say?(failure: FailureData): string;
  /** A certificate's DER, for the download. Fails with `certificate-unknown`, `card-removed`. */
  certificate(card: string, id: string): Promise<{ readonly der: Uint8Array; readonly name: string }>;
}

/** Opens an address for the person: the browser as an app window when it can, else a tab; nothing when there is no desktop. */
export interface Opener {
  open(address: string, size: { readonly width: number; readonly height: number }): void;
}
