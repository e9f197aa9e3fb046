import type { Readable } from 'node:stream';
import { type Disposable, type DocumentId, Failure } from '@sigill/core';
import type { DeliveredFile, DocumentScope } from '../documents/document-scope.js';
import type { DocumentStore } from '../documents/document-store.js';

/** A document that a person gave to a panel. */
export interface PanelDocument {
  readonly id: DocumentId;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where it lies; absent for one that was dropped: the browser does not tell. */
  readonly path?: string;
  readonly scope: DocumentScope;
}

/** Documents that a command works on: they stay open until `end`, even when the person takes them away meanwhile. */
export interface DocumentUse {
  /** What came of them since the use began, in order. */
  delivered(): readonly DeliveredFile[];
  end(): void;
}

/** Documents that a panel may hold. */
const most = 400;

/** What people gave to panels: each document in a scope of its own, the panel's until they take it away. */
export class PanelDocuments implements Disposable {
  readonly #store: DocumentStore;
  readonly #changed: () => void;
  readonly #given = new Map<string, readonly PanelDocument[]>();
  readonly #uses = new Map<DocumentScope, number>();
  readonly #leaving = new Set<DocumentScope>();

  constructor(store: DocumentStore, changed: () => void) {
    this.#store = store;
    this.#changed = changed;
  }

  of(panel: string): readonly PanelDocument[] {
    return this.#given.get(panel) ?? [];
  }

  /** Gives a file; one that is there already is not given twice. Fails with `file-unreadable`, `documents-full`. */
  async open(panel: string, plugin: string, path: string): Promise<void> {
    if (this.of(panel).some((one) => one.path === path)) return;
    await this.#take(panel, plugin, (scope) => scope.open(path), path);
  }

  /** Gives bytes that come without a path, at most `limit`. Fails with `file-unreadable`, `file-unwritable`, `documents-full`. */
  async receive(panel: string, plugin: string, name: string, bytes: Readable, limit: number): Promise<void> {
    await this.#take(panel, plugin, (scope) => scope.receive(name, bytes, limit));
  }

  /** Takes a document away from its panel. */
  remove(panel: string, id: DocumentId): void {
    const gone = this.of(panel).find((one) => one.id === id);
    if (gone === undefined) return;
    this.#given.set(
      panel,
      this.of(panel).filter((one) => one !== gone),
    );
    if (this.#uses.has(gone.scope)) this.#leaving.add(gone.scope);
    else gone.scope.dispose();
    this.#changed();
  }

  /** Keeps documents open for a command. */
  use(documents: readonly { readonly scope: DocumentScope }[]): DocumentUse {
    const scopes = documents.map(({ scope }) => ({ scope, before: scope.delivered.length }));
    for (const { scope } of scopes) this.#uses.set(scope, (this.#uses.get(scope) ?? 0) + 1);
    return {
      delivered: () => scopes.flatMap(({ scope, before }) => scope.delivered.slice(before)),
      end: () => {
        for (const { scope } of scopes) this.#leave(scope);
      },
    };
  }

  /** Bytes of a document that a panel holds, for its preview. Fails with `document-unknown`, `document-range`, `document-changed`. */
  async piece(id: string, offset: number, length: number): Promise<{ bytes: Uint8Array; size: number }> {
    const found = [...this.#given.values()].flat().find((one) => one.id === id);
    if (found === undefined) throw new Failure('document-unknown', {});
    const { size, scope } = found;
    return { bytes: await this.#store.for(scope.plugin).read(found.id, { offset, length }), size };
  }

  dispose(): void {
    for (const { scope } of [...this.#given.values()].flat()) scope.dispose();
    this.#given.clear();
  }

  async #take(
    panel: string,
    plugin: string,
    take: (scope: DocumentScope) => Promise<DocumentId>,
    path?: string,
  ): Promise<void> {
    if (this.of(panel).length >= most) throw new Failure('documents-full', { most });
    const scope = this.#store.scope(plugin);
    try {
      const id = await take(scope);
      const { name, size } = await this.#store.for(plugin).info(id);
      const given = { id, name, size, scope, ...(path === undefined ? {} : { path }) };
      this.#given.set(panel, [...this.of(panel), given]);
      this.#changed();
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  #leave(scope: DocumentScope): void {
    const left = (this.#uses.get(scope) ?? 1) - 1;
    if (left > 0) return void this.#uses.set(scope, left);
    this.#uses.delete(scope);
    if (this.#leaving.delete(scope)) scope.dispose();
  }
}
