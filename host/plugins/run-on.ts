import { type CommandArguments, type CommandResult, Failure, type Language } from '@sigill/core';
import { commandResult } from './call-shapes.js';
import { failureFrom } from './failure-from.js';
import type { PluginLimits } from './limits.js';
import { isFatal, type PluginProcess } from './plugin-process.js';
import type { RunningCommands, Starter } from './running-commands.js';
import { Mismatch } from './shape.js';

/** Milliseconds after which a command is given up in any case: what it is allowed is watched by `RunningCommands`. */
const longest = 86_400_000;

/** A command that is to be run, and what its plugin is allowed. */
export interface CommandRun {
  readonly plugin: string;
  readonly limits: PluginLimits;
  readonly id: string;
  readonly args: CommandArguments;
  readonly language: Language;
}

/**
 * Runs a command in its plugin's process, as one of `commands`. When it is cancelled, nobody is asked any more and the command has to end.
 * Fails with `plugin-…`, `cancelled`, and as the command fails.
 */
export async function runOn(
  process: PluginProcess,
  commands: RunningCommands,
  { plugin, limits, id, args, language }: CommandRun,
  starter: Starter,
): Promise<CommandResult> {
  const out = (cancelled: boolean): void =>
    process.kill(cancelled ? new Failure('cancelled', {}) : new Failure('plugin-slow', { plugin, call: id }));
  const command = commands.add(limits.command, limits.stop, out, starter);
  const { run } = command;
  const cancel = (): void => process.tell('commands.cancel', { run });
  if (starter.signal?.aborted) cancel();
  starter.signal?.addEventListener('abort', cancel);
  try {
    return commandResult(await process.call('commands.run', { id, args, run, language }, longest), '');
  } catch (error) {
    if (error instanceof Mismatch)
      throw new Failure('plugin-failed', { plugin, why: `its answer: ${error.message}` }, error);
    // The reason of its end says more than that it ended.
    const why = isFatal(error) ? await process.ended : undefined;
    throw why ? failureFrom(why, plugin) : error;
  } finally {
    starter.signal?.removeEventListener('abort', cancel);
    command.dispose();
  }
}
