import type { LocalText } from './text.js';
import type { ReaderStatus } from './cards.js';
import type { PanelContribution } from './panels.js';
import type { SettingContribution } from './settings.js';

/** When a plugin's process is started. The commands it contributes start it too, without being named here. */
export type ActivationEvent =
  'startup' | 'card' | `card:${string}` | `card-state:${ReaderStatus}` | `command:${string}` | `panel:${string}`;

/** What a plugin may ask of the host; shown to the person. */
export type Permission = 'cards' | 'pins' | 'sign' | 'documents' | 'net' | 'programs' | 'decrypt';

/** A command that a plugin offers. */
export interface CommandContribution {
  readonly id: string;
  /** Resolved from the plugin's texts when written `%key%`. */
  readonly title: LocalText;
}

export interface Contributes {
  readonly commands?: readonly CommandContribution[];
  /** Paths of card profiles, relative to the plugin's folder. */
  readonly cardProfiles?: readonly string[];
  /** Places in the window; `panel:ID` among the activation events starts the plugin when a person opens one. */
  readonly panels?: readonly PanelContribution[];
  readonly settings?: readonly SettingContribution[];
  /** Ids of what stands in the tray's menu: commands that need no arguments, and panels, which are opened. */
  readonly menu?: readonly string[];
}

/** A plugin's `package.json`, checked: everything the host needs before running a line of it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** What people call it; the package's name when it gives none. */
  readonly title: LocalText;
  /** Absent for a plugin that is data alone. */
  readonly main?: string;
  /** `engines.sigill`. */
  readonly needs: string;
  readonly activation: readonly ActivationEvent[];
  readonly permissions: readonly Permission[];
  readonly contributes: Contributes;
}
