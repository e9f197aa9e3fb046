import type {
  Cards,
  Decrypting,
  Documents,
  FailureCode,
  Net,
  Pins,
  Programs,
  ProgressStep,
  SettingValue,
  Signing,
  Trust,
} from '@sigill/core';

/** Who asks a person for a PIN, and who hears how far it is. */
export interface Asker {
  /** The plugin's name. */
  readonly plugin: string;
  /** What the person is told of it. */
  readonly requester: string;
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** How far a long piece of work is, in the name of the running command. */
  readonly progress: (step: ProgressStep) => void;
}

/** Documents of plugins: each sees its own alone. */
export interface DocumentsOfPlugins {
  for(plugin: string): Documents;
  /** No command of the plugin runs any more: its drafts are forgotten. `why` when it failed. */
  ended(plugin: string, why?: FailureCode): void;
}

/** What the rest of the host does for plugins. */
export interface PluginServices {
  readonly cards: Cards;
  readonly pins: (requester: string, signal: AbortSignal) => Pins;
  readonly signing: (asker: Asker) => Signing;
  readonly decrypting: (requester: string, signal: AbortSignal) => Decrypting;
  readonly documents: DocumentsOfPlugins;
  readonly net: Net;
  readonly trust: Trust;
  /** Set-up of the person's programs; absent where there are none to set up. */
  readonly programs?: ((requester: string, signal: AbortSignal) => Programs) | undefined;
  /** Keeps a value that fits the setting. Fails with `file-unwritable`. */
  readonly keepSetting: (plugin: string, key: string, value: SettingValue) => Promise<void>;
}
