import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  type DigestAlgorithm,
  type Disposable,
  type DocumentId,
  type Documents,
  Failure,
  type FailureCode,
  type Log,
} from '@sigill/core';
import type { DeliveryJournal, DocumentFate, JournalDocument, SignedBy } from './delivery-journal.js';
import { describeHeld, nameHeld } from './describe-held.js';
import { placeOf } from './document-place.js';
import { type DeliveredFile, DocumentScope, type Output, type ScopeStore } from './document-scope.js';
import { type Held, Holding } from './held.js';
import { Leftovers } from './leftovers.js';
import { pluginDocuments } from './plugin-documents.js';
import { receiveFile } from './receive-file.js';
import { SourceFile } from './source-file.js';

export interface StoreSettings {
  /** The host's own folder, for notes of what is being written. */
  readonly state: string;
  /** The host's own folder, for bytes without a file. */
  readonly runtime: string;
  /** Where results go whose document came without a folder. */
  readonly documents: () => string;
  readonly journal: DeliveryJournal;
  readonly log: Log;
}

/** Files that are begun at the same time. */
const mostBegun = 4;

/** A document that a card is to sign, as the person is shown it. */
export interface DescribedDocument extends JournalDocument {
  readonly id: DocumentId;
}

/** Every document that plugins work on: opened once, named by an id that is good for one plugin, and only ever added to. */
export class DocumentStore implements ScopeStore, Disposable {
  readonly leftovers: Leftovers;
  readonly settings: StoreSettings;
  readonly #holdings = new Map<string, Holding>();
  #ahead: Promise<unknown> = Promise.resolve();
  /** What is still being done when nobody waits for it. */
  readonly #finishing = new Set<Promise<void>>();

  constructor(settings: StoreSettings) {
    this.settings = settings;
    this.leftovers = new Leftovers(`${settings.state}/drafts`);
  }

  /** A handful of documents for one plugin. */
  scope(plugin: string, output?: Output, told?: (file: DeliveredFile) => void): DocumentScope {
    return new DocumentScope(this, plugin, output, told);
  }

  /** What a plugin can do with the documents that it was given. */
  for(plugin: string): Documents {
    return pluginDocuments(this, plugin, this.holding(plugin));
  }

  /** No command of the plugin runs any more: its drafts are forgotten, and those that a card has signed are written down with `why`, the code of the failure that it ended with. */
  ended(plugin: string, why: FailureCode = 'plugin-ended'): void {
    const holding = this.#holdings.get(plugin);
    for (const held of holding?.all ?? []) {
      if (held.signed) this.tell(plugin, held, held.signed, why);
      held.signed = undefined;
      if (held.kind === 'draft') {
        holding?.remove(held.id);
        this.#finish(held.draft.close());
      }
    }
  }

  /** Documents as the person is shown them before signing; a draft by the document that it is made from. Fails with `document-unknown`, `document-changed`. */
  async describe(plugin: string, ids: readonly DocumentId[]): Promise<readonly DescribedDocument[]> {
    const held = ids.map((id) => this.holding(plugin).find(id));
    const described: DescribedDocument[] = [];
    for (const one of held) described.push({ id: one.id, ...(await describeHeld(one)) });
    return described;
  }

  /**
   * The card is about to sign it: its file is begun, so that the document's own bytes are there when what is added to them is known. That takes
   * disk and open files before there is a result, and so for a few at a time only.
   */
  begin(plugin: string, id: DocumentId): void {
    const drafts = [...this.#holdings.values()].flatMap(({ all }) => all.filter((held) => held.kind === 'draft'));
    const held = this.#holdings.get(plugin)?.all.find((one) => one.id === id);
    if (
      held?.kind !== 'draft' ||
      held.draft.base === 0 ||
      drafts.filter(({ draft }) => draft.isBegun).length >= mostBegun
    )
      return;
    held.draft.begin(held.of.scope.target(held.of.file.place, this.settings.documents()), this.leftovers);
  }

  /** A card has signed it: should nothing come of it, the journal says so. */
  signed(plugin: string, document: DescribedDocument, by: SignedBy): void {
    const held = this.#holdings.get(plugin)?.all.find(({ id }) => id === document.id);
    if (held) held.signed = by;
    else this.write({ plugin, document, signed: by, code: 'plugin-ended' });
  }

  async open(scope: DocumentScope, path: string, ahead?: readonly DigestAlgorithm[]): Promise<DocumentId> {
    return this.#digested(scope, await SourceFile.open(placeOf(path)), ahead);
  }

  async receive(scope: DocumentScope, name: string, bytes: Readable, limit: number): Promise<DocumentId> {
    return this.#digested(scope, await receiveFile(this.ownFolder(), name, bytes, limit));
  }

  /** Holds an open file for the plugin of `scope`. */
  take(scope: DocumentScope, file: SourceFile): DocumentId {
    const id: DocumentId = randomUUID();
    try {
      this.holding(scope.plugin).add({ kind: 'document', id, file, scope });
    } catch (error) {
      file.close();
      throw error;
    }
    return id;
  }

  /** The digest that a document is shown with, and those that are wanted, are made while its plugin is still starting; one after the other. */
  #digested(scope: DocumentScope, file: SourceFile, ahead: readonly DigestAlgorithm[] = []): DocumentId {
    const id = this.take(scope, file);
    this.#ahead = this.#ahead.then(() => file.digests.begin([...ahead, 'SHA-256'])).catch(() => {});
    return id;
  }

  close(scope: DocumentScope): void {
    const holding = this.#holdings.get(scope.plugin);
    for (const held of holding?.all ?? []) {
      const document = held.kind === 'draft' ? held.of : held;
      if (document.scope !== scope) continue;
      holding?.remove(held.id);
      if (held.kind === 'draft') this.#finish(held.draft.close());
      else held.file.close();
    }
  }

  holding(plugin: string): Holding {
    const holding = this.#holdings.get(plugin) ?? new Holding();
    this.#holdings.set(plugin, holding);
    return holding;
  }

  /** A folder that nobody else may look into. */
  ownFolder(): string {
    const folder = `${this.settings.runtime}/documents`;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Writes down what a card signed and nothing came of. Never fails. */
  tell(plugin: string, held: Held, signed: SignedBy, code: string): void {
    const telling = describeHeld(held)
      .catch(() => nameHeld(held))
      .then((document) => this.write({ plugin, document, signed, code }));
    this.#finish(telling);
  }

  #finish(work: Promise<void>): void {
    const finishing = work.finally(() => this.#finishing.delete(finishing));
    this.#finishing.add(finishing);
  }

  write(fate: DocumentFate): void {
    try {
      this.settings.journal.write(fate);
    } catch (error) {
      this.settings.log.error(
        `journal: ${fate.document.name}: ${error instanceof Failure ? error.code : String(error)}`,
      );
    }
  }

  /** Waits for what is still to be written down, or to be taken away. */
  async written(): Promise<void> {
    await Promise.all(this.#finishing);
  }

  dispose(): void {
    for (const [plugin, holding] of this.#holdings) {
      this.ended(plugin);
      for (const held of holding.all) if (held.kind === 'document') held.file.close();
    }
    this.#holdings.clear();
  }
}
