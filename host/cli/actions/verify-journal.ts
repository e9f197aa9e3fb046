import { Failure } from '@sigill/core';
import { verifyJournal } from '../../audit/verify-journal.js';
import type { Context } from '../context.js';
import { ownJournal } from './own-journal.js';

/** Looks whether the journal is as it was written. Fails with `journal-damaged`, `usage`. */
export async function verifyOwnJournal(context: Context, last?: string): Promise<void> {
  const { say, texts } = context;
  if (last !== undefined && !/^[0-9a-f]{64}$/i.test(last)) throw new Failure('usage', { why: '--last SHA-256' });
  const { path, headPath } = ownJournal(context);
  const verdict = verifyJournal(path, headPath, last?.toLowerCase());
  const [first] = verdict.faults;
  if (first !== undefined)
    throw new Failure('journal-damaged', { path, line: first.line, why: texts.text(`journal.fault.${first.kind}`) });
  say.answer(verdict, () => say.sentence(texts.text('journal.sound', { lines: verdict.lines, last: verdict.last })));
}
