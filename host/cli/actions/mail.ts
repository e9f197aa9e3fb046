import { isFailure, type ProgressStep } from '@sigill/core';
import type { Host } from '../../host.js';
import { sentences } from '../../messages/sentences.js';
import type { Context } from '../context.js';
import { readersNow } from '../settled-readers.js';

export interface MailOptions {
  /** Fingerprints that the person has compared. */
  readonly trust?: readonly string[];
  /** A trial signature, for which the PIN is asked. */
  readonly sign?: boolean;
}

/** Shows, makes, checks or undoes the set-up of mail programs and browsers, through the plugin that offers this. */
export async function setUpMail(
  context: Context,
  operation: string,
  { trust = [], sign = false }: MailOptions,
): Promise<void> {
  const { io, texts, say } = context;
  await context.withHost(async (host) => {
    await cardsAreRead(host, io.signal);
    const id = `email.${operation}`;
    const own = host.plugins.commandOwner(id)?.texts;
    const wait = operation === 'apply' && io.input.isTTY === true && !say.json;
    const tell = ({ message }: ProgressStep): void => {
      if (message !== undefined && !say.json) io.errors.write(`${sentences([message], own, texts).join('\n')}\n`);
    };
    const { messages, data = {} } = await host.plugins.run(id, { trust: [...trust], wait, sign }, io.signal, tell);
    say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
  });
}

/** Without a reader or a card there is less to set up, and that is told; it is no failure. */
async function cardsAreRead(host: Host, signal: AbortSignal): Promise<void> {
  try {
    await readersNow(host, signal);
  } catch (error) {
    if (!isFailure(error, 'service-absent') && !isFailure(error, 'no-reader')) throw error;
  }
}
