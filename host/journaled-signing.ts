import type { DocumentSignature, SignDocumentsRequest, Signing, SignRequest } from '@sigill/core';
import type { Journal } from './audit/journal.js';
import { withoutIdentity } from './audit/without-identity.js';
import type { CardAccess } from './cards/card-access.js';
import type { SignedBy } from './documents/delivery-journal.js';
import type { DocumentStore } from './documents/document-store.js';
import type { CardSigning } from './pin/broker.js';
import type { Asker } from './plugins/plugin-services.js';

export interface JournaledSigningNeeds {
  readonly cards: CardAccess;
  readonly documents: DocumentStore;
  readonly journal: Journal;
  /** Signatures in the name of a requester. */
  readonly signing: (requester: string, signal: AbortSignal) => CardSigning;
}

/**
 * Signatures for a plugin: the person is shown the documents as the host itself finds them, and what the card signed stands in the
 * journal, whatever becomes of it. Without a journal that can be written nothing is signed.
 */
export function journaledSigning(needs: JournaledSigningNeeds, asker: Asker): Signing {
  const { documents, journal } = needs;
  const { plugin, requester, signal, progress } = asker;
  return {
    sign: async (request) => {
      const by = signedBy(needs.cards, request);
      journal.ready();
      const signature = await needs.signing(requester, signal).sign(request);
      journal.add({ kind: 'signed', plugin, code: 'ok', ...by, digest: Buffer.from(request.digest).toString('hex') });
      return signature;
    },
    signDocuments: async (request) => {
      const by = signedBy(needs.cards, request);
      journal.ready();
      const shown = await documents.describe(
        plugin,
        request.documents.map(({ document }) => document),
      );
      const signing = needs.signing(requester, signal);
      const results = await signing.signDocuments({
        ...request,
        shown,
        told: progress,
        begins: (at) => documents.begin(plugin, shown[at]?.id ?? ''),
      });
      results.forEach((result: DocumentSignature, at) => {
        const document = shown[at];
        if ('value' in result && document) documents.signed(plugin, document, by);
      });
      return results;
    },
  };
}

function signedBy(
  cards: CardAccess,
  request: Pick<SignRequest & SignDocumentsRequest, 'card' | 'key' | 'algorithm'>,
): SignedBy {
  const { card, key, algorithm } = request;
  const found = cards.card(card).certificates.find(({ id }) => id === key);
  const { sha256 = '', subject = '' } = found ?? {};
  return { certificate: { sha256, subject: withoutIdentity(subject) }, algorithm };
}
