import type { CommandArguments, CommandResult } from '@sigill/core';
import { openPdf } from '../pdf/open-pdf.js';
import { isPdfError } from '../pdf/pdf-error.js';
import { documentSource } from './document-source.js';
import { passwordsIn } from './passwords.js';
import { documentsIn } from './wish.js';
import type { Work } from './work.js';

/** Says which documents do not open with the password that was given for them, or without one; whatever else is wrong with them is told by who uses them. */
export async function lockedDocuments(
  { documents }: Pick<Work, 'documents'>,
  args: CommandArguments,
): Promise<CommandResult> {
  const passwordOf = passwordsIn(args);
  const locked: { readonly document: string; readonly code: string }[] = [];
  for (const document of documentsIn(args)) {
    try {
      await openPdf(await documentSource(documents, document), { password: passwordOf(document) });
    } catch (error) {
      if (isPdfError(error, 'pdf-password-missing') || isPdfError(error, 'pdf-password-wrong'))
        locked.push({ document, code: error.code });
    }
  }
  return { messages: [], data: { locked } };
}
