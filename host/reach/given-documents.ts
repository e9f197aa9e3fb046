import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { DigestAlgorithm, DocumentId } from '@sigill/core';
import type { DeliveredFile, Output } from '../documents/document-scope.js';
import type { DocumentStore } from '../documents/document-store.js';

/** Files that a person named, for one plugin. */
export interface DocumentsRequest {
  readonly plugin: string;
  /** Absolute. */
  readonly paths: readonly string[];
  /** A folder that is there, or the name of the one result; absolute. Not given, results lie beside their documents. */
  readonly out?: string;
  /** Said when they are to be signed: the digest that will be needed is begun at once. */
  readonly sign?: boolean;
}

/** The files as the plugin names them. */
export interface GivenDocuments {
  /** In the order of the paths. */
  readonly ids: readonly DocumentId[];
  /** The path of a document: one that was given, or one that was delivered. */
  path(id: string): string | undefined;
}

/** What came of one of them. */
export type ResultFile = Pick<DeliveredFile, 'id' | 'path'>;

/** Gives the files to the plugin for the length of `use`; `told` hears of each result, and the digests in `ahead` are made while nobody waits for them. Fails with `file-unreadable` before anything is done when one of them cannot be read, and as `use` does. */
export async function giveDocuments<T>(
  store: DocumentStore,
  { plugin, paths, out }: DocumentsRequest,
  use: (documents: GivenDocuments) => Promise<T>,
  told?: (file: ResultFile) => void,
  ahead: readonly DigestAlgorithm[] = [],
): Promise<T> {
  const scope = store.scope(plugin, out === undefined ? undefined : outputOf(out), told);
  try {
    const ids: DocumentId[] = [];
    for (const path of paths) ids.push(await scope.open(path, ahead));
    return await use({
      ids,
      path: (id) => paths[ids.indexOf(id)] ?? scope.delivered.find((one) => one.id === id)?.path,
    });
  } finally {
    scope.dispose();
  }
}

function outputOf(path: string): Output {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? { folder: path } : { folder: dirname(path), name: Buffer.from(basename(path)) };
}
