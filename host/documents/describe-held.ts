import type { JournalDocument } from './delivery-journal.js';
import type { Held } from './held.js';

/** A document as people and the journal are told of it; a draft by the document that it is made from. Fails with `document-changed`. */
export async function describeHeld(held: Held): Promise<JournalDocument> {
  const { file } = held.kind === 'document' ? held : held.of;
  // What is made from nothing is shown as what it has so far.
  const own = held.kind === 'draft' && held.draft.base === 0;
  if (!own) await file.checkPlace();
  const size = own ? held.draft.size : file.size;
  const range = [{ offset: 0, length: size }];
  const digest = own ? await held.draft.digest('SHA-256', range) : await file.digests.of('SHA-256', range);
  return { name: file.name, size, sha256: Buffer.from(digest).toString('hex') };
}

/** The same when it cannot be read any more. */
export function nameHeld(held: Held): JournalDocument {
  const { name, size } = (held.kind === 'document' ? held : held.of).file;
  return { name, size, sha256: '' };
}
