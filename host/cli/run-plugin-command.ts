import type { CommandArguments } from '@sigill/core';
import { sentences } from '../messages/sentences.js';
import type { ReachedHost } from '../reach/reached-host.js';
import type { Context } from './context.js';

/** Runs a command in its plugin's process and tells what it answers, in the plugin's own words. */
export async function runPluginCommand(
  { io, texts, say }: Context,
  host: ReachedHost,
  id: string,
  args: CommandArguments,
): Promise<void> {
  const { messages, data = {} } = await host.run(id, args, { signal: io.signal });
  const own = say.json ? undefined : await host.texts(id);
  say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
}
