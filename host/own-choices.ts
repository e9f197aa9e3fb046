import type { SettingValue } from '@sigill/core';
import type { Settings } from './settings/settings.js';

/** What the person chose that the host's own parts go by, as it is now. */
export interface OwnChoices {
  /** Signatures are written down. */
  journal(): boolean;
  /** Path of a file with further anchors. */
  trustFile(): string | undefined;
  /** Keeps the value of a plugin's setting. Fails with `file-unwritable`. */
  keep(plugin: string, key: string, value: SettingValue): Promise<void>;
}

/** The choices in the person's settings. */
export function ownChoices(settings: Settings): OwnChoices {
  return {
    journal: () => settings.now.journal !== false,
    trustFile: () => settings.now.trustFile,
    keep: (plugin, key, value) => settings.chooseForPlugin(plugin, { values: { [key]: value } }),
  };
}

/** Nobody has chosen anything, and nobody can. */
export const noChoices: OwnChoices = {
  journal: () => true,
  trustFile: () => undefined,
  keep: () => Promise.resolve(),
};
