import type {
  Cards,
  Decrypting,
  Disposable,
  Documents,
  Log,
  Manifest,
  Net,
  Pins,
  Programs,
  SettingValue,
  Signing,
  Trust,
} from '@sigill/core';
import type { Allowance } from './allowance.js';
import type { CommandCall, PanelContent, ProgressReport } from './call-data.js';

/** What the calls of one plugin process reach. */
export interface HostServices {
  readonly manifest: Manifest;
  readonly cards: Cards;
  /** Made for each call, so that each can be given up by itself. */
  readonly pins: (run?: string) => Pins;
  readonly signing: (run?: string) => Signing;
  readonly decrypting: (run?: string) => Decrypting;
  readonly documents: Documents;
  readonly net: Net;
  readonly trust: Trust;
  readonly keepSetting: (key: string, value: SettingValue) => Promise<void>;
  /** Fails with `call-unknown` in a host that has no programs to set up. */
  readonly programs: (run?: string) => Programs;
  readonly log: Log;
  readonly logAllowance: Allowance;
  readonly offer: (offer: CommandCall) => void;
  readonly showPanel: (panel: PanelContent) => void;
  readonly progress: (report: ProgressReport) => void;
  /** True while that run of its commands goes on, or any without a name: a person started it. */
  readonly commandRuns: (run?: string) => boolean;
  /** A call is under way until given back; `waits` when the plugin waits for a person or for the host's work. */
  readonly begin: (waits: boolean) => Disposable;
  /** A step that a person can see is done: a signature, a file. */
  readonly advance: () => void;
}
