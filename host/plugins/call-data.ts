import type {
  CommandArguments,
  Language,
  NetResponse,
  PanelElement,
  Permission,
  ProgressStep,
  TrustAnchor,
} from '@sigill/core';
import type { Parcel } from './parcels.js';

/** A line for the log. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly line: string;
}

/** A command and what it is to work on. */
export interface CommandCall {
  readonly id: string;
  readonly args: CommandArguments;
}

/** A command that runs now: how far it is. `run` is what the host called this run. */
export interface ProgressReport {
  readonly run: string;
  readonly step: ProgressStep;
}

/** Names one run of a command for as long as it goes on; the host makes it, and refuses every other. */
export type RunId = string & { readonly __run?: never };

/** Which of the plugin's runs asks; absent when the plugin's process cannot tell. */
export interface OfRun {
  readonly run?: RunId;
}

/** What a panel is to show. */
export interface PanelContent {
  readonly id: string;
  readonly elements: readonly PanelElement[];
}

/** A command that is to be run now. */
export interface RunCall extends CommandCall {
  /** Names this run in `progress.report` and `commands.cancel`. */
  readonly run: string;
  /** The person's. */
  readonly language: Language;
}

/** An answer of the network. */
export interface NetAnswer extends Omit<NetResponse, 'body'> {
  readonly body: Parcel;
}

/** Some of the anchors. */
export interface TrustPage {
  readonly anchors: readonly TrustAnchor[];
  /** Where the next page begins; absent at the end. */
  readonly next?: number;
}

/** What a plugin is told about itself. */
export interface PluginStart {
  readonly name: string;
  /** Ids of the commands in its manifest. */
  readonly commands: readonly string[];
  /** Those of its manifest. */
  readonly permissions: readonly Permission[];
}
