import { resolve } from 'node:path';
import type { GivenDocuments } from '../reach/given-documents.js';
import type { ReachedHost } from '../reach/reached-host.js';

/**
 * Gives the files of a command line to a plugin for the length of `use`; what it delivers lies beside them, or where `out` says: a folder
 * that is there, or the name of the one result. Fails with `file-unreadable` before anything is done when one of them cannot be read, and
 * as `use` does.
 */
export async function withDocuments<T>(
  host: ReachedHost,
  plugin: string,
  paths: readonly string[],
  use: (documents: GivenDocuments) => Promise<T>,
  { out, sign }: { readonly out?: string | undefined; readonly sign?: boolean } = {},
): Promise<T> {
  const request = {
    plugin,
    paths: paths.map((path) => resolve(path)),
    ...(out === undefined ? {} : { out: resolve(out) }),
    ...(sign === true && { sign }),
  };
  return await host.withDocuments(request, ({ ids, path }) =>
    // As they were typed.
    use({ ids, path: (id) => paths[ids.indexOf(id)] ?? path(id) }),
  );
}
