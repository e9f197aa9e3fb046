import type { ProfileId } from '@sigill/core';
import type { AddedAuthority } from './authorities.js';

/** What was put into a file, for taking just that back when a program has written to it since. */
export type Entries =
  | { readonly kind: 'module' }
  | { readonly kind: 'preferences'; readonly set: readonly SetPreference[] }
  | { readonly kind: 'authorities'; readonly added: readonly AddedAuthority[] }
  /** `key4.db` beside a `cert9.db`: its signatures over trust are of no use without that. */
  | { readonly kind: 'companion' }
  /** Nothing of ours can be told apart in it: once a program has written to it, it stays. */
  | { readonly kind: 'whole' };

/** Literals, as they stand in `prefs.js`. */
export interface SetPreference {
  readonly name: string;
  readonly before?: string;
  readonly after: string;
}

/** One file as it is and as it is to become. */
export interface FileEdit {
  readonly profile: ProfileId;
  /** Absolute. */
  readonly path: string;
  /** Absent when there is no file yet. */
  readonly before?: Uint8Array;
  readonly after: Uint8Array;
  readonly entries: Entries;
}
