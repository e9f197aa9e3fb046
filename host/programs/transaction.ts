import { readFile } from 'node:fs/promises';
import type { LeftProfile, ProfileId, UndoOutcome } from '@sigill/core';
import type { FileEdit } from './file-edit.js';
import { dropUnbegun, keepJournal, makeFolders, readJournals, writeJournal } from './journal.js';
import { type TransactionOptions, undoOne } from './undo-one.js';
import { writeBeside } from './write-beside.js';

/** Applies edits, all of them or, for a profile whose program starts or writes meanwhile, none of that profile. */
export async function applyEdits(
  options: TransactionOptions,
  edits: readonly FileEdit[],
): Promise<readonly LeftProfile[]> {
  const { step = () => {} } = options;
  if (edits.length === 0) return [];
  step('backup');
  const kept = await keepJournal(options.folder, edits, options.now());
  step('folders');
  await makeFolders(kept);
  const left = new Map<ProfileId, LeftProfile>();
  try {
    for (const edit of edits) {
      step(`file ${edit.path}`);
      if (left.has(edit.profile)) continue;
      const why = (await options.runs(edit.profile)) ? 'running' : (await isAsBefore(edit)) ? undefined : 'changed';
      if (why === undefined) await writeBeside(edit.path, edit.after);
      else left.set(edit.profile, { profile: edit.profile, why });
    }
  } catch (error) {
    // Nothing half-done stays: what was written goes back, and the reason is told.
    await undoOne(options, kept);
    throw error;
  }
  step('applied');
  // What is left of the journal then is applied.
  if (left.size > 0) await undoOne(options, kept, (file) => left.has(file.profile));
  else await writeJournal({ ...kept, journal: { ...kept.journal, phase: 'applied' } });
  return [...left.values()];
}

/** Undoes what an earlier run broke off in the middle. */
export async function recover(options: TransactionOptions): Promise<void> {
  const broken = (await readJournals(options.folder)).filter(({ journal }) => journal.phase !== 'applied');
  for (const kept of broken.reverse()) await undoOne(options, kept);
  await dropUnbegun(options.folder);
}

/** Undoes every transaction, the newest first. What has to wait for a program stays in its journal. */
export async function undoAll(options: TransactionOptions): Promise<UndoOutcome> {
  const outcomes: UndoOutcome[] = [];
  const waiting = new Set<ProfileId>();
  for (const kept of [...(await readJournals(options.folder))].reverse()) {
    // An older change of a profile is not undone before a newer one.
    const outcome = await undoOne(options, kept, ({ profile }) => !waiting.has(profile));
    for (const { profile } of outcome.left) waiting.add(profile);
    outcomes.push(outcome);
  }
  const left = new Map(outcomes.flatMap((one) => one.left).map((one) => [one.profile, one]));
  return {
    restored: outcomes.reduce((sum, { restored }) => sum + restored, 0),
    mended: outcomes.reduce((sum, { mended }) => sum + mended, 0),
    kept: outcomes.flatMap((one) => one.kept),
    left: [...left.values()],
  };
}

async function isAsBefore({ path, before }: FileEdit): Promise<boolean> {
  const now = await readFile(path).catch(() => undefined);
  return now === undefined ? before === undefined : before !== undefined && now.equals(before);
}
