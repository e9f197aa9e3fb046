import { readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftProfile, ProfileBar, ProfileId, UndoOutcome } from '@sigill/core';
import { type KeptFile, type KeptJournal, sha256, writeJournal } from './journal.js';
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

/** Undoes what one transaction did to the files that `which` names, the last first. What has to wait, or cannot be written, stays in its journal. */
export async function undoOne(
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
