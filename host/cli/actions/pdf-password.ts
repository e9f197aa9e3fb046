import { readFileSync } from 'node:fs';
import { Failure } from '@sigill/core';

/** Characters that a document's password may have. */
const longest = 500;

/** A document's password: the first line of a file. It opens documents and is no code of a card. Fails with `file-unreadable`. */
export function readPassword(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    const [line = ''] = readFileSync(path, 'utf8').split(/\r?\n/);
    return line.slice(0, longest);
  } catch (error) {
    throw new Failure('file-unreadable', { path, why: (error as NodeJS.ErrnoException).code ?? '' }, error);
  }
}
