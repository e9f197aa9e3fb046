import type { ActionView } from './action-view.js';

/** Something that runs, or has run: a command, with its sentences. */
export interface ActivityView {
  readonly id: string;
  readonly title: string;
  readonly reader?: string;
  readonly state: 'running' | 'waiting' | 'done' | 'failed';
  readonly lines: readonly string[];
  /** 0–1; absent while unknown. */
  readonly progress?: number;
  readonly cancellable: boolean;
  /** Files that came of it. */
  readonly results?: readonly ResultView[];
  /** While `waiting`: the one-time address of the PIN page, for who did not see it open. */
  readonly pinPage?: string;
}

/** A file that a command delivered. */
export interface ResultView {
  readonly name: string;
  readonly folder: string;
  readonly actions: readonly ActionView[];
}
