import { randomUUID } from 'node:crypto';
import { type Delivery, type DocumentId, type DocumentInfo, type Documents, Failure, mostBytes } from '@sigill/core';
import { checkRanges } from './digests.js';
import { deliverDraft, probeTarget } from './deliver-draft.js';
import type { DocumentStore } from './document-store.js';
import { Draft } from './draft.js';
import { unwritable } from './file-trouble.js';
import { type HeldDraft, type Holding, infoOf } from './held.js';
import { checkRoom } from './check-room.js';
import { folderIdentity } from './target.js';

/** Files that may come of one document while it is given. */
const mostDeliveries = 8;

/** The documents of one plugin, as it may use them. */
export function pluginDocuments(store: DocumentStore, plugin: string, holding: Holding): Documents {
  const folders = new WeakMap<Draft, Awaited<ReturnType<typeof folderIdentity>>>();

  async function draft(id: DocumentId, start: 'copy' | 'empty' = 'copy'): Promise<DocumentId> {
    const of = holding.document(id);
    const { file, scope } = of;
    const target = scope.target(file.place, store.settings.documents());
    await file.checkPlace();
    const identity = await folderIdentity({ folder: target.folder, name: Buffer.from(file.name) });
    await probeTarget(target, file, store.leftovers);
    await checkRoom(target.folder, start === 'copy' ? file.size : 0, file.name);
    store.settings.journal.ready();
    const made = new Draft(file, start, store.ownFolder());
    folders.set(made, identity);
    const held: HeldDraft = { kind: 'draft', id: randomUUID(), draft: made, of };
    holding.add(held);
    return held.id;
  }

  async function deliver({ draft: id, suffix, extension, note }: Delivery): Promise<DocumentInfo> {
    const held = holding.draft(id);
    const { draft: made, of } = held;
    const { scope } = of;
    const folder = folders.get(made);
    if (folder === undefined) throw new Failure('document-unknown', {});
    if (scope.delivered.filter(({ from }) => from === of.id).length >= mostDeliveries)
      throw new Failure('call-invalid', {
        call: 'documents.deliver',
        why: `more than ${mostDeliveries} of one document`,
      });
    // From here on nobody else adds to it or delivers it.
    holding.remove(id);
    const signed = held.signed ?? of.signed;
    const fate = { plugin, signed, note };
    const { size: oldSize, name } = of.file;
    try {
      const target = scope.target(of.file.place, store.settings.documents());
      const sha256 = Buffer.from(await of.file.digests.of('SHA-256', [{ offset: 0, length: oldSize }])).toString('hex');
      const document = { name, size: oldSize, sha256 };
      const done = await deliverDraft({
        draft: made,
        target,
        folder,
        suffix,
        extension,
        leftovers: store.leftovers,
        beforeNaming: (written, newName) =>
          store.settings.journal.write({ ...fate, document, result: { name: newName, ...written } }),
      });
      of.signed = undefined;
      const given = store.take(scope, done.file);
      scope.took(given, of.id, done.place);
      return infoOf(holding.find(given));
    } catch (error) {
      const failure = unwritable(name, error);
      if (signed) store.tell(plugin, held, signed, failure.code);
      of.signed = undefined;
      throw failure;
    } finally {
      await made.close();
    }
  }

  return {
    info: async (id) => infoOf(holding.find(id)),
    read: async (id, range) => {
      const held = holding.find(id);
      const { offset, length } = range;
      if (!(offset >= 0 && length >= 0 && length <= mostBytes && offset <= infoOf(held).size))
        throw new Failure('document-range', { offset, length });
      return held.kind === 'document'
        ? await held.file.read(range.offset, range.length)
        : await held.draft.read(range.offset, range.length);
    },
    digest: async (id, algorithm, ranges) => {
      const held = holding.find(id);
      if (held.kind === 'draft') return await held.draft.digest(algorithm, ranges);
      checkRanges(ranges, held.file.size);
      return await held.file.digests.of(algorithm, ranges);
    },
    draft,
    append: async (id, bytes) => await writing(holding.draft(id), (made) => made.append(bytes)),
    patch: async (id, offset, bytes) => await writing(holding.draft(id), (made) => made.patch(offset, bytes)),
    deliver,
    discard: async (id, why = 'cancelled') => {
      const held = holding.draft(id);
      if (held.signed) store.tell(plugin, held, held.signed, why);
      holding.remove(id);
      await held.draft.close();
    },
  };
}

/** What is too long for memory meets the disk. */
async function writing<T>({ draft, of }: HeldDraft, use: (draft: Draft) => Promise<T>): Promise<T> {
  try {
    return await use(draft);
  } catch (error) {
    throw unwritable(of.file.name, error);
  }
}
