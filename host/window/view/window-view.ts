import type { ActionView, FactView } from './action-view.js';
import type { ActivityView } from './activity-view.js';
import type { FieldView, PanelView } from './panel-view.js';
import type { ReaderView } from './reader-view.js';

/** Everything that the window shows, at one moment, in the person's language already, so that the page only draws. */
export interface WindowView {
  readonly language: 'sv' | 'fi' | 'en';
  /** The colours that the person chose; absent: as the desktop has them. */
  readonly theme?: 'light' | 'dark';
  readonly languages: readonly { readonly code: string; readonly name: string }[];
  /** The page's own fixed words by key (`page.…`), in the person's language. */
  readonly words: Readonly<Record<string, string>>;
  /** The card service is not there: why, and the cure. */
  readonly service?: string;
  readonly readers: readonly ReaderView[];
  readonly activities: readonly ActivityView[];
  readonly plugins: readonly PluginView[];
  readonly panels: readonly PanelView[];
  readonly settings: readonly SettingsView[];
  readonly about: readonly FactView[];
  /** True while the desktop's own dialog for files can be asked for; else the browser's is used. */
  readonly fileDialog?: boolean;
  /** Where the window is asked to go: a reader's activation, a panel. Goes up by one with each wish. */
  readonly wish?: { readonly number: number; readonly place: string };
}

export interface PluginView {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly origin: string;
  readonly state: string;
  readonly permissions: readonly string[];
  readonly failure?: string;
  readonly log: readonly string[];
  readonly actions: readonly ActionView[];
}

export interface SettingsView {
  readonly owner: string;
  readonly title: string;
  readonly fields: readonly FieldView[];
}
