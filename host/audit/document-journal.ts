import type { DeliveryJournal, DocumentFate, JournalDocument } from '../documents/delivery-journal.js';
import type { NamedDocument } from './journal-entry.js';
import type { Journal } from './journal.js';

/** The journal as the store of documents writes to it. */
export function documentJournal(journal: Journal): DeliveryJournal {
  return {
    ready: () => journal.ready(),
    write: ({ plugin, document, signed, result, note, code }: DocumentFate) =>
      journal.add({
        kind: result === undefined ? 'lost' : 'delivered',
        plugin,
        code: code ?? 'ok',
        document: named(document),
        ...(result === undefined ? {} : { result: named(result) }),
        ...signed,
        ...(note === undefined ? {} : { note }),
      }),
  };
}

/** Nothing else of it: an id is good for one run alone. */
function named({ name, size, sha256 }: JournalDocument): NamedDocument {
  return { name, size, sha256 };
}
