import { copyFileSync, constants, existsSync } from 'node:fs';
import { Failure } from '@sigill/core';
import type { Context } from '../context.js';
import { ownJournal } from './own-journal.js';

/** Copies the journal as it is to a new file. Fails with `file-unwritable`, `file-unreadable`. */
export async function exportJournal(context: Context, file: string): Promise<void> {
  const { say, texts } = context;
  const journal = ownJournal(context);
  if (!existsSync(journal.path)) throw new Failure('file-unreadable', { path: journal.path, why: 'ENOENT' });
  try {
    copyFileSync(journal.path, file, constants.COPYFILE_EXCL);
  } catch (error) {
    throw new Failure('file-unwritable', { path: file, why: (error as NodeJS.ErrnoException).code ?? '' }, error);
  }
  const lines = journal.entries().length;
  say.answer({ path: file, lines }, () => say.sentence(texts.text('journal.exported', { lines, path: file })));
}
