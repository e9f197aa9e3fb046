import type { Language } from '@sigill/core';
import type { Observable } from 'rxjs';
import type { FileQuestion } from '../chooser/file-chooser.js';
import type { Host } from '../host.js';
import type { Settings } from '../settings/settings.js';
import type { Asking } from './asking.js';
import type { About } from './desk-state.js';
import type { PluginLogs } from './plugin-logs.js';

/** What a desk is made from. */
export interface DeskNeeds {
  readonly host: Host;
  readonly settings: Settings;
  /** The language of the person's session, until they choose another. */
  readonly language: Language;
  readonly logs: PluginLogs;
  readonly about: About;
  /** Who is asked for a code now. What is, replaying. */
  readonly asking: Observable<Asking | undefined>;
  /** Makes the session start the program, or lets it be. Fails with `file-unwritable`. */
  readonly autostart: (wanted: boolean) => void;
  /** *Sign PDF document* in the menus of file managers: whether it is there, and putting it there or taking it away, which fails with `file-unwritable`. */
  readonly fileMenu?: { readonly is: () => boolean; readonly want: (wanted: boolean) => void };
  /** The desktop's dialog for files: `undefined` when there is none after all, nothing chosen is an empty list. */
  readonly dialog?: (question: FileQuestion) => Promise<readonly string[] | undefined>;
  /** Opens files in the person's own programs; absent without a desktop. */
  readonly files?: { open(path: string): void; show(path: string): void };
}
