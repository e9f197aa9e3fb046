import { firstValueFrom } from 'rxjs';
import { hostRequester } from '../desk/requester.js';
import type { Host } from '../host.js';
import { testKey } from '../pin/test-key.js';
import type { Asking } from '../plugins/running-commands.js';
import { digestsOfCards } from './digests-of-cards.js';
import { giveDocuments } from './given-documents.js';
import type { ReachedHost } from './reached-host.js';
import { readersInFull, readersNow, settledReaders } from './settled-readers.js';

/** The host of this process; `asking` where the person is somewhere else than at its own prompt. */
export function hostHere(host: Host, asking?: Asking): ReachedHost {
  const { cards, plugins } = host;
  return {
    readers: ({ full = false, signal }) => (full ? readersInFull(host, signal) : readersNow(host, signal)),
    watch: () => settledReaders(host),
    details: (card) => cards.details(card),
    certificate: (card, id) => cards.certificate(card, id),
    async testKey(id, key, signal) {
      const card = cards.card(id);
      const der = await cards.certificate(card.id, key);
      const asker = { plugin: hostRequester, requester: hostRequester, signal, progress: () => {} };
      return await testKey(asking?.signing(asker) ?? host.signingFor(signal), card, key, der);
    },
    run: (command, args, { progress, signal } = {}) => plugins.run(command, args, signal, progress, asking),
    async withDocuments(request, use, told) {
      const ahead = request.sign === true ? digestsOfCards(await firstValueFrom(cards.readers)) : [];
      return await giveDocuments(host.documents, request, use, told, ahead);
    },
    texts: async (command) => plugins.commandOwner(command)?.texts,
    plugins: async () => plugins.list(),
    async plugin(name, action) {
      if (action === 'start') plugins.launch(name);
      else await plugins[action](name);
    },
  };
}
