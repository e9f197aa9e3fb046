import { basename } from 'node:path';
import type { CommandArguments, DocumentId } from '@sigill/core';
import { shownName } from '../documents/document-place.js';
import type { GivenDocuments } from '../reach/given-documents.js';
import type { ReachedHost } from '../reach/reached-host.js';
import type { Context } from './context.js';
import { askLine } from './ask-line.js';

/** Bytes of a document's password: what PDF 2.0 allows is 127 (ISO 32000-2 §7.6.4.3.4). */
const longest = 127;
/** Times that a person is asked for one document. */
const most = 3;

const command = 'pdf-sign.locked';

/**
 * Asks at the terminal for the password of each document that does not open without one, before anything is done with them; what was typed for one
 * opens the others that it fits. Gives the arguments that carry them; none where nobody can be asked. An empty line leaves a document as it is.
 * A document's password is no code of a card: the plugin that reads the document must have it. Fails with `cancelled`.
 */
export async function documentPasswords(
  { io, options, texts }: Context,
  host: ReachedHost,
  documents: readonly DocumentId[],
  path: GivenDocuments['path'],
): Promise<CommandArguments> {
  if (io.input.isTTY !== true || options.json === true || options.pinStdin === true) return {};
  const passwords: Record<DocumentId, string> = {};
  const locked = async (ids: readonly DocumentId[], password?: string): Promise<readonly DocumentId[]> =>
    lockedIn((await host.run(command, { documents: ids, ...(password && { password }) }, { signal: io.signal })).data);
  for (let left = await locked(documents); left.length > 0;) {
    const [first = '', ...others] = left;
    const name = shownName(basename(path(first) ?? ''));
    left = others;
    for (let asked = 0; asked < most; asked += 1) {
      const typed = await askLine(io, texts.text('pdf.password', { name }), longest);
      const password = await typed.spend((bytes) => Promise.resolve(Buffer.from(bytes).toString('utf8')));
      if (password === '') break;
      passwords[first] = password;
      const still = await locked([first, ...others], password);
      if (!still.includes(first)) {
        for (const one of others) if (!still.includes(one)) passwords[one] = password;
        left = others.filter((one) => still.includes(one));
        break;
      }
      io.errors.write(`${texts.text('pdf.password.wrong', { left: most - asked - 1 })}\n`);
    }
  }
  return Object.keys(passwords).length === 0 ? {} : { passwords };
}

function lockedIn(data: unknown): readonly DocumentId[] {
  const { locked = [] } = (data ?? {}) as { readonly locked?: readonly { readonly document: DocumentId }[] };
  return locked.map(({ document }) => document);
}
