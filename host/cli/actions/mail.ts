import { isFailure, type ProgressStep } from '@sigill/core';
import { sentences } from '../../messages/sentences.js';
import { hostHere } from '../../reach/host-here.js';
import type { ReachedHost } from '../../reach/reached-host.js';
import type { Context } from '../context.js';
import { openHost } from '../open-host.js';

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
  // A host of its own: the password of a program's database is asked for in this terminal.
  await openHost(context, async (opened) => {
    const host = hostHere(opened);
    await cardsAreRead(host, io.signal);
    const id = `email.${operation}`;
    const own = await host.texts(id);
    const wait = operation === 'apply' && io.input.isTTY === true && !say.json;
    const tell = ({ message }: ProgressStep): void => {
      if (message !== undefined && !say.json) io.errors.write(`${sentences([message], own, texts).join('\n')}\n`);
    };
    const { messages, data = {} } = await host.run(
      id,
      { trust: [...trust], wait, sign },
      { signal: io.signal, progress: tell },
    );
    say.answer(data, () => sentences(messages, own, texts).flatMap((text) => say.sentence(text)));
  });
}

/** Without a reader or a card there is less to set up, and that is told; it is no failure. */
async function cardsAreRead(host: ReachedHost, signal: AbortSignal): Promise<void> {
  try {
    await host.readers({ signal });
  } catch (error) {
    if (!isFailure(error, 'service-absent') && !isFailure(error, 'no-reader')) throw error;
  }
}
