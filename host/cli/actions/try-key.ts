import { Failure } from '@sigill/core';
import { testKey } from '../../pin/test-key.js';
import { chooseCard } from '../choose-card.js';
import type { Context } from '../context.js';
import { readCertificate } from '../../cards/read-certificate.js';
import { readersNow } from '../settled-readers.js';

/** Makes a trial signature with a key of the card, checks it with the key's certificate, and tells. */
export async function tryKey({ io, options, say, texts, withHost }: Context, id: string): Promise<void> {
  const wanted = id.toLowerCase();
  const isWanted = (one: { readonly id: string }): boolean => one.id.toLowerCase() === wanted;
  await withHost(async (host) => {
    const readers = await readersNow(host, io.signal);
    const card = chooseCard(readers, options.reader, ({ certificates }) => certificates.some(isWanted));
    const key = card.certificates.find(isWanted);
    if (key === undefined) throw new Failure('key-unknown', { id });
    const der = await readCertificate(host.cards, card, key.id);
    const algorithm = await testKey(host.signing, card, key.id, der);
    say.answer({ key: key.id, algorithm, verified: true }, () =>
      say.sentence(texts.text('key.tested', { id: key.id, algorithm })),
    );
  });
}
