import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { DocumentId } from '@sigill/core';
import type { Output } from '../documents/document-scope.js';
import type { Host } from '../host.js';

/** The files of a command line, as its plugin names them, and what came of them. */
export interface GivenDocuments {
  /** In the order of the paths. */
  readonly ids: readonly DocumentId[];
  /** The path of a document: one that was given, or one that was delivered. */
  path(id: string): string | undefined;
}

/**
 * Gives the files to a plugin for the length of `use`; what it delivers lies beside them, or where `out` says: a folder that is there, or
 * the name of the one result. Fails with `file-unreadable` before anything is done when one of them cannot be read, and as `use` does.
 */
export async function withDocuments<T>(
  host: Host,
  plugin: string,
  paths: readonly string[],
  use: (documents: GivenDocuments) => Promise<T>,
  out?: string,
): Promise<T> {
  const scope = host.documents.scope(plugin, out === undefined ? undefined : outputOf(out));
  try {
    const ids: DocumentId[] = [];
    for (const path of paths) ids.push(await scope.open(path));
    return await use({
      ids,
      path: (id) => paths[ids.indexOf(id)] ?? scope.delivered.find((one) => one.id === id)?.path,
    });
  } finally {
    scope.dispose();
  }
}

function outputOf(out: string): Output {
  const path = resolve(out);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? { folder: path } : { folder: dirname(path), name: Buffer.from(basename(path)) };
}
