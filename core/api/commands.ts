import type { Disposable } from '../disposable.js';
import { token } from '../token.js';
import type { Progress } from './progress.js';
import type { Language, Message } from './text.js';

/** Plain data that JSON can carry. */
export type Json = string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

export type CommandArguments = Readonly<Record<string, Json>>;

/** What a command tells at its end: sentences for a person, and the same as data. */
export interface CommandResult {
  /** Keys are looked up in the plugin's own `messages/`. */
  readonly messages: readonly Message[];
  readonly data?: Json;
}

/** What a running command is told beside its arguments. */
export interface CommandContext {
  /** The person's language now. */
  readonly language: Language;
  /** True once the person cancelled: what goes on between two documents asks it. */
  cancelled(): boolean;
}

/** Runs for one request; a thrown `Failure` reaches the person in words. */
export type CommandHandler = (
  args: CommandArguments,
  progress: Progress,
  context: CommandContext,
) => Promise<CommandResult>;

/** The commands that a plugin's manifest contributes get their handlers here. */
export interface Commands {
  /** `id` must stand in the plugin's manifest. Gives the registration back on dispose. */
  register(id: string, handler: CommandHandler): Disposable;
  /**
   * Asks the person's shell to start this command now, once per insertion: the same offer made again is not shown again.
   * `id` must stand in the plugin's manifest.
   */
  offer(id: string, args: CommandArguments): Promise<void>;
}

export const Commands = token<Commands>('Commands');
