import type { CommandArguments, CommandResult } from '@sigill/core';
import { sentences } from '../messages/sentences.js';
import type { ReachedHost } from '../reach/reached-host.js';
import type { Context } from './context.js';
import { ProgressLine } from './progress-line.js';

/** Runs a command in its plugin's process and tells what it answers, in the plugin's own words. */
export async function runPluginCommand(
  context: Context,
  host: ReachedHost,
  id: string,
  args: CommandArguments,
): Promise<void> {
  await tellResult(context, host, id, await followCommand(context, host, id, args));
}

/** Runs it, and shows a person at a terminal how far it is. */
export async function followCommand(
  { io, texts }: Context,
  host: ReachedHost,
  id: string,
  args: CommandArguments,
): Promise<CommandResult> {
  const line = new ProgressLine(io.errors, texts, await host.texts(id));
  try {
    return await host.run(id, args, { signal: io.signal, progress: (step) => line.show(step) });
  } finally {
    line.dispose();
  }
}

/** Tells what a command answered, in its plugin's own words. */
export async function tellResult(
  { texts, say }: Context,
  host: ReachedHost,
  id: string,
  result: CommandResult,
): Promise<void> {
  const { messages, data = {} } = result;
  const own = say.json ? undefined : await host.texts(id);
  say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
}
