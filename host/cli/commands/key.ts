import { Failure } from '@sigill/core';
import { testKey } from '../../pin/test-key.js';
import { chooseCard } from '../choose-card.js';
import type { AddCommand } from '../program.js';
import { readCertificate } from '../../cards/read-certificate.js';
import { readersNow } from '../settled-readers.js';

/** `sigill key test ID` */
export const addKey: AddCommand = (program, texts, context) => {
  const group = program.command('key').description(texts.text('help.key'));
  group
    .command('test')
    .description(texts.text('help.key.test'))
    .argument('<ID>', texts.text('help.key.id'))
    .action(async (id: string) => {
      const here = context();
      await here.withHost(async (host) => {
        const readers = await readersNow(host, here.io.signal);
        const card = chooseCard(readers, here.options.reader, ({ certificates }) => certificates.some(hasId(id)));
        const known = card.certificates.find(hasId(id));
        if (known === undefined) throw new Failure('key-unknown', { id });
        const der = await readCertificate(host.cards, card, known.id);
        const algorithm = await testKey(host.signing, card, known.id, der);
        here.say.answer({ key: known.id, algorithm, verified: true }, () =>
          here.say.sentence(texts.text('key.tested', { id: known.id, algorithm })),
        );
      });
    });
};

const hasId =
  (id: string) =>
  (one: { readonly id: string }): boolean =>
    one.id.toLowerCase() === id.toLowerCase();
