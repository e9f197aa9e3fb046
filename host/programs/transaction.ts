import { readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftProfile, ProfileBar, ProfileId, UndoOutcome } from '@sigill/core';
import type { FileEdit } from './file-edit.js';
import {
  dropUnbegun,
  keepJournal,
  type KeptFile,
  type KeptJournal,
  makeFolders,
  readJournals,
  sha256,
  writeJournal,
} from './journal.js';
import { type TakeBack, takeBack } from './take-back.js';
import { besideEnding, writeBeside } from './write-beside.js';

export interface TransactionOptions extends TakeBack {
  /** Where journals and backups are. */
  readonly folder: string;
  /** True while the program of a profile has it open. */
  readonly runs: (profile: ProfileId) => Promise<boolean>;
  readonly now: () => Date;
  /** Told before each step; a test ends the process there. */
  readonly step?: (name: string) => void;
}

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

async function undoOne(
  options: TransactionOptions,
  kept: KeptJournal,
  which: (file: KeptFile) => boolean = () => true,
): Promise<UndoOutcome> {
  const { step = () => {} } = options;
  const counts = { restored: 0, mended: 0 };
  const entries: string[] = [];
  const left = new Map<ProfileId, LeftProfile>();
  const stays: KeptFile[] = [];
  const restoreInto = async (file: KeptFile): Promise<ProfileBar | undefined> => {
    try {
      const { outcome, kept: person = [] } = await restore(options, kept, file);
      if (outcome !== 'untouched') counts[outcome] += 1;
      entries.push(...person);
      return undefined;
    } catch {
      // A file that cannot be written does not keep the others from being given back; it stays in the journal.
      return 'read-only';
    }
  };
  step('undoing');
  if (kept.journal.phase === 'applied') await writeJournal({ ...kept, journal: { ...kept.journal, phase: 'undoing' } });
  for (const file of [...kept.journal.files].reverse()) {
    step(`undo ${file.path}`);
    if (!which(file)) {
      stays.unshift(file);
      continue;
    }
    const why = (await options.runs(file.profile)) ? 'running' : await restoreInto(file);
    if (why === undefined) continue;
    stays.unshift(file);
    left.set(file.profile, { profile: file.profile, why });
  }
  step('undone');
  if (stays.length > 0) await writeJournal({ ...kept, journal: { ...kept.journal, files: stays, phase: 'applied' } });
  else await forget(kept);
  return { ...counts, kept: entries, left: [...left.values()] };
}

interface Restored {
  readonly outcome: 'restored' | 'mended' | 'untouched';
  readonly kept?: readonly string[];
}

async function restore(options: TransactionOptions, { folder }: KeptJournal, file: KeptFile): Promise<Restored> {
  await rm(file.path + besideEnding, { force: true }).catch(() => {});
  const now = await readFile(file.path).catch(() => undefined);
  const digest = now && sha256(now);
  if (digest === file.before?.sha256) return { outcome: 'untouched' };
  if (digest === file.after) {
    if (file.before === undefined) await rm(file.path);
    else await writeBeside(file.path, await readFile(join(folder, file.before.backup)), file.before);
    return { outcome: 'restored' };
  }
  // The program or a person wrote to it since. A file that is gone is let be.
  if (now === undefined) return { outcome: 'untouched' };
  return await takeBack(options, file, now);
}

/** The journal goes when nothing of it is left to undo, and so do folders that it made, while they are empty. */
async function forget({ folder, journal }: KeptJournal): Promise<void> {
  for (const made of [...journal.folders].reverse()) await rmdir(made).catch(() => {});
  await rm(folder, { recursive: true, force: true });
}

async function isAsBefore({ path, before }: FileEdit): Promise<boolean> {
  const now = await readFile(path).catch(() => undefined);
  return now === undefined ? before === undefined : before !== undefined && now.equals(before);
}
