import type { CommandArguments, CommandResult, Message } from '@sigill/core';
import type { Host } from '../host.js';
import { pinWords } from '../messages/failure-text.js';
import { Texts, type Values } from '../messages/texts.js';
import type { Context } from './context.js';

/** Runs a command in its plugin's process and tells what it answers, in the plugin's own words. */
export async function runPluginCommand(
  { io, texts, say }: Context,
  host: Host,
  id: string,
  args: CommandArguments,
): Promise<void> {
  const result = await host.plugins.run(id, args, io.signal);
  say.answer(result.data ?? {}, () => sentences(result, host, id, texts).flatMap((text) => say.sentence(text)));
}

/** A plugin's sentences with PINs by their names. */
export function sentences({ messages }: CommandResult, { plugins }: Host, id: string, texts: Texts): readonly string[] {
  const { language } = texts;
  const own = plugins.commandOwner(id)?.texts;
  const words = new Texts(language, { ...own?.en, ...own?.[language] });
  return messages.map((message) => {
    const text = words.text(message.key, named(message, texts));
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  });
}

function named({ values = {} }: Message, texts: Texts): Values {
  const { pin } = values;
  return typeof pin === 'string' ? { ...values, pin: String(pinWords(texts, pin)['pinThe']) } : values;
}
