import type { DigestAlgorithm, Disposable, DocumentId } from '@sigill/core';
import type { Readable } from 'node:stream';
import { type DocumentPlace, pathOf } from './document-place.js';
import type { Target } from './target.js';

/** A file that came of a document. */
export interface DeliveredFile {
  /** Of the delivered document. */
  readonly id: DocumentId;
  /** Of the document that it was made from. */
  readonly from: DocumentId;
  /** Absolute; a name that is not UTF-8 is shown as well as can be. */
  readonly path: string;
}

/** Where the results of a scope's documents go when not beside the documents. */
export interface Output {
  readonly folder: string;
  /** Of the one file that comes of it. */
  readonly name?: Buffer;
}

/** Takes documents in for a scope. */
export interface ScopeStore {
  open(scope: DocumentScope, path: string, ahead?: readonly DigestAlgorithm[]): Promise<DocumentId>;
  receive(scope: DocumentScope, name: string, bytes: Readable, limit: number): Promise<DocumentId>;
  close(scope: DocumentScope): void;
}

/**
 * Documents that a person gave to one plugin at once: for a run of a command, or for a panel until others take their place.
 * They are the plugin's until `dispose`; what it delivered of them stays.
 */
export class DocumentScope implements Disposable {
  readonly plugin: string;
  readonly output: Output | undefined;
  readonly #store: ScopeStore;
  readonly #told: (file: DeliveredFile) => void;
  readonly #delivered: DeliveredFile[] = [];

  /** `told` hears of each file that is delivered, before the plugin does. */
  constructor(store: ScopeStore, plugin: string, output?: Output, told: (file: DeliveredFile) => void = () => {}) {
    this.#store = store;
    this.plugin = plugin;
    this.output = output;
    this.#told = told;
  }

  /** Gives the plugin a file, whose digests in `ahead` will be wanted. Fails with `file-unreadable`. */
  open(path: string, ahead?: readonly DigestAlgorithm[]): Promise<DocumentId> {
    return this.#store.open(this, path, ahead);
  }

  /**
   * Gives the plugin bytes that come without a path, at most `limit`; what is made of them goes to the person's folder of documents.
   * Fails with `file-unreadable`, `file-unwritable`.
   */
  receive(name: string, bytes: Readable, limit: number): Promise<DocumentId> {
    return this.#store.receive(this, name, bytes, limit);
  }

  /** What was delivered so far, in order. */
  get delivered(): readonly DeliveredFile[] {
    return this.#delivered;
  }

  /** The store tells of a delivery. */
  took(id: DocumentId, from: DocumentId, place: DocumentPlace): void {
    const file = { id, from, path: pathOf(place).toString('utf8') };
    this.#delivered.push(file);
    this.#told(file);
  }

  /** Where what is made of a document goes. */
  target(place: DocumentPlace | undefined, otherwise: string): Target {
    return this.output ?? { folder: place?.folder ?? otherwise };
  }

  dispose(): void {
    this.#store.close(this);
  }
}
