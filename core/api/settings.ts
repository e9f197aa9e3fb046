import type { Observable } from 'rxjs';
import { token } from '../token.js';
import type { LocalText } from './text.js';

/** What a setting can hold. */
export type SettingValue = string | number | boolean;

/** A setting that a plugin's manifest contributes; the host draws it, checks it and keeps it. */
export type SettingContribution = {
  /** `[a-z][a-z0-9-]*`; the plugin's own. */
  readonly key: string;
  readonly title: LocalText;
  readonly help?: LocalText;
} & SettingKind;

export type SettingKind =
  | { readonly type: 'text'; readonly default: string }
  | { readonly type: 'number'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly type: 'boolean'; readonly default: boolean }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly SettingChoice[] };

export interface SettingChoice {
  readonly value: string;
  readonly label: LocalText;
}

/** The values that the person gave the settings of the plugin's own manifest. */
export interface Settings {
  /** What is: the value now, its default until the person chose another, then at every change. Fails with `setting-unknown`. */
  value(key: string): Observable<SettingValue>;
  /** Keeps what the person chose while a command ran (the certificate taken last). Fails with `setting-unknown`, `setting-invalid`. */
  keep(key: string, value: SettingValue): Promise<void>;
}

export const Settings = token<Settings>('Settings');
