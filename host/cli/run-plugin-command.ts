import type { CommandArguments, CommandResult } from '@sigill/core';
import type { Host } from '../host.js';
import { sentences } from '../messages/sentences.js';
import type { Context } from './context.js';
import { ProgressLine } from './progress-line.js';

/** Runs a command in its plugin's process and tells what it answers, in the plugin's own words. */
export async function runPluginCommand(
  context: Context,
  host: Host,
  id: string,
  args: CommandArguments,
): Promise<void> {
  tellResult(context, host, id, await followCommand(context, host, id, args));
}

/** Runs it, and shows a person at a terminal how far it is. */
export async function followCommand(
  { io, texts }: Context,
  host: Host,
  id: string,
  args: CommandArguments,
): Promise<CommandResult> {
  const line = new ProgressLine(io.errors, texts, host.plugins.commandOwner(id)?.texts);
  try {
    return await host.plugins.run(id, args, io.signal, (step) => line.show(step));
  } finally {
    line.dispose();
  }
}

/** Tells what a command answered, in its plugin's own words. */
export function tellResult({ texts, say }: Context, host: Host, id: string, result: CommandResult): void {
  const { messages, data = {} } = result;
  const own = host.plugins.commandOwner(id)?.texts;
  say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
}
