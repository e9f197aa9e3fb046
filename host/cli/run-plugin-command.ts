import type { CommandArguments } from '@sigill/core';
import type { Host } from '../host.js';
import { sentences } from '../messages/sentences.js';
import type { Context } from './context.js';

/** Runs a command in its plugin's process and tells what it answers, in the plugin's own words. */
export async function runPluginCommand(
  { io, texts, say }: Context,
  host: Host,
  id: string,
  args: CommandArguments,
): Promise<void> {
  const { messages, data = {} } = await host.plugins.run(id, args, io.signal);
  const own = host.plugins.commandOwner(id)?.texts;
  say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
}
