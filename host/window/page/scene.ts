import type { WindowRequest } from '../requests.js';
import type { WindowView } from '../view/window-view.js';
import type { Upload } from './uploads.js';

/** All that drawing needs: what is, where the person is, and what can be done from here. */
export interface Scene {
  readonly view: WindowView;
  readonly place: string;
  /** The node of the tree that the detail shows. */
  readonly selected: string | undefined;
  /** Nodes of the tree that differ from how they start: open or closed. */
  readonly toggled: ReadonlySet<string>;
  /** The report that was just copied. */
  readonly copied: string | undefined;
  /** A fixed word of the page, in the person's language. */
  word(key: string): string;
  send(request: WindowRequest): void;
  /** Asks for what a card holds beyond its first level, once. */
  ask(card: string): void;
  go(place: string): void;
  select(node: string): void;
  toggle(node: string): void;
  copy(report: string): void;
  /** A document on its way to the host. */
  readonly uploads: Upload | undefined;
  /** Sends documents to a panel. */
  upload(panel: string, files: readonly File[]): void;
  cancelUpload(): void;
  /** Asks for documents for a panel: with the desktop's dialog, else with the browser's. */
  choose(panel: string): void;
}
