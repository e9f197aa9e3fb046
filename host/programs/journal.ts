import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProfileId } from '@sigill/core';
import { ownFolder } from '../paths.js';
import type { Entries, FileEdit } from './file-edit.js';
import { writeBeside } from './write-beside.js';

/** One file of a transaction. */
export interface KeptFile {
  readonly profile: ProfileId;
  readonly path: string;
  readonly entries: Entries;
  /** The file as it was; absent when there was none. Its bytes are the file `backup` beside the journal. */
  readonly before?: {
    readonly sha256: string;
    readonly mode: number;
    readonly modified: number;
    readonly backup: string;
  };
  /** Hex of the SHA-256 of the file as the transaction left it. */
  readonly after: string;
}

/** A transaction on disk. Written before the first file is touched. */
export interface Journal {
  readonly version: 1;
  /** `applying` after a start means that it was broken off: it is undone. */
  readonly phase: 'applying' | 'applied' | 'undoing';
  readonly begun: string;
  /** Folders that it makes, outermost first. */
  readonly folders: readonly string[];
  readonly files: readonly KeptFile[];
}

/** A journal and the folder with its backups. */
export interface KeptJournal {
  readonly folder: string;
  readonly journal: Journal;
}

/** Keeps backups and a journal for these edits; from here on they can be undone. */
export async function keepJournal(parent: string, edits: readonly FileEdit[], begun: Date): Promise<KeptJournal> {
  const name = `${begun.toISOString().replace(/[:.]/g, '-')}-${process.pid}`;
  const folder = ownFolder(join(ownFolder(parent), name));
  const files: KeptFile[] = [];
  for (const [at, { profile, path, entries, before, after }] of edits.entries()) {
    const kept = { profile, path, entries, after: sha256(after) };
    if (before === undefined) {
      files.push(kept);
      continue;
    }
    const backup = String(at);
    const { mode, mtimeMs: modified } = await stat(path);
    await writeBeside(join(folder, backup), before);
    files.push({ ...kept, before: { sha256: sha256(before), mode: mode & 0o777, modified, backup } });
  }
  const folders = await missingFolders(edits.map(({ path }) => dirname(path)));
  const kept = {
    folder,
    journal: { version: 1, phase: 'applying', begun: begun.toISOString(), folders, files },
  } as const;
  await writeJournal(kept);
  return kept;
}

export async function writeJournal({ folder, journal }: KeptJournal): Promise<void> {
  await writeBeside(join(folder, 'journal.json'), Buffer.from(`${JSON.stringify(journal, undefined, 1)}\n`));
}

/** All transactions that can be undone, the oldest first. */
export async function readJournals(parent: string): Promise<readonly KeptJournal[]> {
  const names = (await readdir(parent).catch((): string[] => [])).filter((name) => /^\d/.test(name)).sort();
  const kept: KeptJournal[] = [];
  for (const name of names) {
    const folder = join(parent, name);
    const text = await readFile(join(folder, 'journal.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) kept.push({ folder, journal: JSON.parse(text) as Journal });
  }
  return kept;
}

/** Backups without a journal are of a run that ended before it touched anything. Only in one's own turn. */
export async function dropUnbegun(parent: string): Promise<void> {
  const begun = new Set((await readJournals(parent)).map(({ folder }) => folder));
  for (const name of await readdir(parent).catch((): string[] => [])) {
    const folder = join(parent, name);
    if (/^\d/.test(name) && !begun.has(folder)) await rm(folder, { recursive: true, force: true });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Folders that have to be made, outermost first. */
async function missingFolders(wanted: readonly string[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const folder of wanted) {
    for (let at = folder; at !== dirname(at) && !(await isThere(at)); at = dirname(at)) missing.add(at);
  }
  return [...missing].sort((one, other) => one.length - other.length);
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/** Makes the folders of a journal, readable by the person alone. */
export async function makeFolders({ journal }: KeptJournal): Promise<void> {
  for (const folder of journal.folders) await mkdir(folder, { mode: 0o700 }).catch(ifThere);
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
