import type { DocumentId } from '@sigill/core';
import type { GivenDocuments, ResultFile } from './given-documents.js';

/** What the host tells of files that it was given from another process: first what they are called, then each result. */
export type LentWords =
  | { readonly kind: 'given'; readonly ids: readonly DocumentId[] }
  | { readonly kind: 'delivered'; readonly file: ResultFile };

/** The files of a command line whose host is another process. */
export class LentDocuments implements GivenDocuments {
  ids: readonly DocumentId[] = [];
  /** Resolves when the host has opened all of them. */
  readonly given: Promise<void>;
  readonly #paths: readonly string[];
  readonly #delivered = new Map<string, string>();
  #resolve: () => void = () => {};

  readonly #told: (file: ResultFile) => void;

  constructor(paths: readonly string[], told: (file: ResultFile) => void = () => {}) {
    this.#paths = paths;
    this.#told = told;
    this.given = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  hear(words: LentWords): void {
    if (words.kind === 'delivered') {
      this.#delivered.set(words.file.id, words.file.path);
      return this.#told(words.file);
    }
    this.ids = words.ids;
    this.#resolve();
  }

  readonly path = (id: string): string | undefined => this.#paths[this.ids.indexOf(id)] ?? this.#delivered.get(id);
}
