import type { CardId, CommandArguments, FailureData, LocalText, Message, ProgressStep } from '@sigill/core';

/** A command that runs or has run, as facts: its sentences are made when it is shown, in the language of then. */
export interface Activity {
  readonly id: string;
  readonly command: string;
  readonly args: CommandArguments;
  /** The plugin that runs it; absent for the host's own. */
  readonly plugin?: string;
  /** What it is called: a text, or a key of the desk's own. */
  readonly title: LocalText | { readonly key: string };
  readonly reader?: string;
  readonly card?: CardId;
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  readonly progress?: ProgressStep;
  /** While `waiting`: where the code is typed. */
  readonly pinPage?: string;
  /** What is typed there, when it is no code of a card. */
  readonly asks?: 'password';
  /** The program outside that asks, as the person is told; no command of ours runs then. */
  readonly asker?: string;
  /** What the plugin told at its end, or the host (`own`). */
  readonly messages?: readonly Message[];
  readonly own?: Message;
  /** Files that came of it. */
  readonly results?: readonly ActivityResult[];
  readonly failure?: FailureData;
}

/** A file that a command delivered, and what can be done with it. */
export interface ActivityResult {
  /** Names it while its activity is there. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly plugin: string;
  readonly can: readonly ('open' | 'show' | 'verify')[];
}

/** True while it is not at its end. */
export function isUnderWay({ state }: { readonly state: string }): boolean {
  return state === 'running' || state === 'waiting';
}
