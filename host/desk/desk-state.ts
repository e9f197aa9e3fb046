import type { CardDetails, CardId, DocumentId, Language, PanelElement, Reader } from '@sigill/core';
import type { Chosen } from '../settings/chosen.js';
import type { PluginState } from '../plugins/plugin-host.js';
import type { Activity } from './activity.js';
import type { DocumentLock } from './document-locks.js';
import type { PanelDocument } from './panel-documents.js';

/** Facts that stay as they are while the host runs. */
export interface About {
  readonly version: string;
  readonly api: string;
  readonly node: string;
  readonly system: string;
  readonly simulated: boolean;
  readonly log: string;
  readonly settings: string;
  readonly plugins: readonly string[];
}

/** Everything that the window's view is made from, at one moment. */
export interface DeskState {
  readonly now: Date;
  readonly language: Language;
  /** Why the card service does not answer; absent while it does. */
  readonly serviceAbsent?: string;
  readonly readers: readonly Reader[];
  readonly details: ReadonlyMap<CardId, CardDetails>;
  readonly plugins: readonly PluginState[];
  /** The last lines of a plugin's log. */
  readonly log: (plugin: string) => readonly string[];
  readonly panel: (id: string) => readonly PanelElement[];
  /** What the person gave to a panel. */
  readonly documents: (panel: string) => readonly PanelDocument[];
  /** Whether one of them is locked. */
  readonly lock: (document: DocumentId) => DocumentLock | undefined;
  /** Where results of dropped documents go. */
  readonly documentsFolder: string;
  /** The desktop's own dialog for files can be asked for. */
  readonly fileDialog: boolean;
  readonly activities: readonly Activity[];
  readonly chosen: Chosen;
  /** The menus of file managers have *Sign PDF document*, whoever put it there. */
  readonly fileMenu: () => boolean;
  readonly about: About;
  readonly wish?: { readonly number: number; readonly place: string };
}
