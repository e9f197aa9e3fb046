import type { Documents, Net, Trust, TrustAnchor } from '@sigill/core';
import type { HostCalls } from './contract.js';
import { unpack } from './parcels.js';
import type { Rpc } from './rpc.js';

/** Milliseconds for what the host does with documents: a gigabyte on a slow disk takes its time. */
const soon = 900_000;

type Calls = Rpc<HostCalls>;

/** Documents, as a plugin's process sees them. */
export function documentsOver(rpc: Calls): Documents {
  return {
    info: (document) => rpc.call('documents.info', { document }, soon),
    read: (document, range) => rpc.call('documents.read', { document, range }, soon),
    digest: (document, algorithm, ranges) => rpc.call('documents.digest', { document, algorithm, ranges }, soon),
    draft: (document, start = 'copy') => rpc.call('documents.draft', { document, start }, soon),
    append: (draft, bytes) => rpc.call('documents.append', { draft, bytes }, soon),
    patch: (draft, offset, bytes) => rpc.call('documents.patch', { draft, offset, bytes }, soon),
    deliver: (delivery) => rpc.call('documents.deliver', delivery, soon),
    discard: (draft, why) => rpc.call('documents.discard', { draft, ...(why === undefined ? {} : { why }) }, soon),
  };
}

/** The network, as a plugin's process sees it. */
export function netOver(rpc: Calls): Net {
  return {
    request: async (request) => {
      const { body, ...answer } = await rpc.call('net.request', request, soon);
      return { ...answer, body: await unpack(body, (parcel, offset) => fetchPiece(rpc, parcel, offset)) };
    },
  };
}

/** What certificates are judged by, as a plugin's process sees it. */
export function trustOver(rpc: Calls): Trust {
  return {
    anchors: async () => {
      const anchors: TrustAnchor[] = [];
      for (let from: number | undefined = 0; from !== undefined;) {
        const page: { readonly anchors: readonly TrustAnchor[]; readonly next?: number } = await rpc.call(
          'trust.anchors',
          { from },
          soon,
        );
        anchors.push(...page.anchors);
        from = page.next;
      }
      return anchors;
    },
    list: async () => {
      const list = await rpc.call('trust.list', {}, soon);
      return list && (await unpack(list, (parcel, offset) => fetchPiece(rpc, parcel, offset)));
    },
  };
}

function fetchPiece(rpc: Calls, parcel: string, offset: number): Promise<Uint8Array> {
  return rpc.call('parcels.fetch', { parcel, offset }, soon);
}
