import { type DocumentId, type DocumentInfo, Failure } from '@sigill/core';
import type { SignedBy } from './delivery-journal.js';
import type { DocumentScope } from './document-scope.js';
import type { Draft } from './draft.js';
import type { SourceFile } from './source-file.js';

/** A document that a plugin may read. */
export interface HeldDocument {
  readonly kind: 'document';
  readonly id: DocumentId;
  readonly file: SourceFile;
  readonly scope: DocumentScope;
  /** The card has signed it, and nothing was delivered since. */
  signed?: SignedBy | undefined;
}

/** A draft that a plugin may add to. */
export interface HeldDraft {
  readonly kind: 'draft';
  readonly id: DocumentId;
  readonly draft: Draft;
  readonly of: HeldDocument;
  signed?: SignedBy | undefined;
}

export type Held = HeldDocument | HeldDraft;

/** What one plugin holds: nobody else finds it by its id. */
export class Holding {
  readonly #held = new Map<DocumentId, Held>();

  /** Documents and drafts that it may hold at the same time. */
  static readonly most = 2_000;

  get all(): readonly Held[] {
    return [...this.#held.values()];
  }

  add(held: Held): void {
    if (this.#held.size >= Holding.most)
      throw new Failure('call-invalid', { call: 'documents', why: `more than ${Holding.most} at the same time` });
    this.#held.set(held.id, held);
  }

  remove(id: DocumentId): void {
    this.#held.delete(id);
  }

  /** Fails with `document-unknown`. */
  find(id: DocumentId): Held {
    const held = this.#held.get(id);
    if (!held) throw new Failure('document-unknown', {});
    return held;
  }

  document(id: DocumentId): HeldDocument {
    const held = this.find(id);
    if (held.kind !== 'document') throw new Failure('document-unknown', {});
    return held;
  }

  draft(id: DocumentId): HeldDraft {
    const held = this.find(id);
    if (held.kind !== 'draft') throw new Failure('document-unknown', {});
    return held;
  }
}

/** What a plugin is told of it. */
export function infoOf(held: Held): DocumentInfo {
  if (held.kind === 'document') return { id: held.id, name: held.file.name, size: held.file.size };
  return { id: held.id, name: held.of.file.name, size: held.draft.size };
}
