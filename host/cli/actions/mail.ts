import type { ProgressStep } from '@sigill/core';
import { sentences } from '../../messages/sentences.js';
import { tellResult } from '../run-plugin-command.js';
import type { Context } from '../context.js';
import { readIfThere } from '../read-if-there.js';

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
    await readIfThere(host, io.signal);
    const id = `email.${operation}`;
    const own = await host.texts(id);
    const wait = operation === 'apply' && io.input.isTTY === true && !say.json;
    const tell = ({ message }: ProgressStep): void => {
      if (message !== undefined && !say.json) io.errors.write(`${sentences([message], own, texts).join('\n')}\n`);
    };
    const result = await host.run(id, { trust: [...trust], wait, sign }, { signal: io.signal, progress: tell });
    await tellResult(context, host, id, result);
  });
}
