import type { Documents, Net, Trust, TrustAnchor } from '@sigill/core';
import { atLength } from './call-times.js';
import type { HostCalls } from './contract.js';
import { unpack } from './parcels.js';
import type { Rpc } from './rpc.js';

type Calls = Rpc<HostCalls>;

/** Documents, as a plugin's process sees them. */
export function documentsOver(rpc: Calls): Documents {
  return {
    info: (document) => rpc.call('documents.info', { document }, atLength),
    read: (document, range) => rpc.call('documents.read', { document, range }, atLength),
    digest: (document, algorithm, ranges) => rpc.call('documents.digest', { document, algorithm, ranges }, atLength),
    draft: (document, start = 'copy') => rpc.call('documents.draft', { document, start }, atLength),
    append: (draft, bytes) => rpc.call('documents.append', { draft, bytes }, atLength),
    patch: (draft, offset, bytes) => rpc.call('documents.patch', { draft, offset, bytes }, atLength),
    deliver: (delivery) => rpc.call('documents.deliver', delivery, atLength),
    discard: (draft, why) => rpc.call('documents.discard', { draft, ...(why === undefined ? {} : { why }) }, atLength),
  };
}

/** The network, as a plugin's process sees it. */
export function netOver(rpc: Calls): Net {
  return {
    request: async (request) => {
      const { body, ...answer } = await rpc.call('net.request', request, atLength);
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
          atLength,
        );
        anchors.push(...page.anchors);
        from = page.next;
      }
      return anchors;
    },
    list: async () => {
      const list = await rpc.call('trust.list', {}, atLength);
      return list && (await unpack(list, (parcel, offset) => fetchPiece(rpc, parcel, offset)));
    },
  };
}

function fetchPiece(rpc: Calls, parcel: string, offset: number): Promise<Uint8Array> {
  return rpc.call('parcels.fetch', { parcel, offset }, atLength);
}
