import type { Message } from './text.js';

/** How far a command is. */
export interface ProgressStep {
  /** What it does now; its key is looked up in the plugin's own `messages/`. */
  readonly message?: Message;
  /** 0–1; absent while unknown. */
  readonly value?: number;
}

/** Tells the person how far a running command is; every command's handler gets one. */
export interface Progress {
  /** Not answered: a command need not wait for it. After the command's end it tells nobody. */
  report(step: ProgressStep): void;
}
