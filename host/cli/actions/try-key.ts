import { Failure } from '@sigill/core';
import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';

/** Makes a trial signature with a key of the card, checks it with the key's certificate, and tells. */
export async function tryKey({ io, options, say, texts, withHost }: Context, id: string): Promise<void> {
  const wanted = id.toLowerCase();
  const isWanted = (one: { readonly id: string }): boolean => one.id.toLowerCase() === wanted;
  await withHost(async (host) => {
    const readers = await host.readers({ signal: io.signal });
    const card = chooseCard(readers, options.reader, ({ certificates }) => certificates.some(isWanted));
    const key = card.certificates.find(isWanted);
    if (key === undefined) throw new Failure('key-unknown', { id });
    const algorithm = await host.testKey(card.id, key.id, io.signal);
    say.answer({ key: key.id, algorithm, verified: true }, () =>
      say.sentence(texts.text('key.tested', { id: key.id, algorithm })),
    );
  });
}
