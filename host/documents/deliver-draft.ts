import { constants } from 'node:fs';
import { lstat, open, unlink } from 'node:fs/promises';
import { Failure } from '@sigill/core';
import { type DocumentPlace, pathOf, shownName } from './document-place.js';
import type { Draft } from './draft.js';
import { unwritable } from './file-trouble.js';
import { isSameFile } from './file-identity.js';
import { giveName } from './give-name.js';
import { HiddenCopy } from './hidden-copy.js';
import { keepOwnerAndMode } from './keep-owner.js';
import type { Leftovers } from './leftovers.js';
import { SourceFile } from './source-file.js';
import { folderIdentity, hiddenName, type Target, targetNames } from './target.js';
import { type Written, writeDraft } from './write-draft.js';

export interface DeliverSettings {
  readonly draft: Draft;
  readonly target: Target;
  /** The folder as it was when the document was given. */
  readonly folder: { readonly device: bigint; readonly inode: bigint };
  readonly suffix: string;
  readonly extension?: string | undefined;
  readonly leftovers: Leftovers;
  /** The last moment to refuse: the file is written and has no name yet. `name` is the one that it is about to get. */
  readonly beforeNaming: (written: Written, name: string) => void;
}

/** A delivered document, open for reading, and what it is. */
export interface Delivered extends Written {
  readonly file: SourceFile;
  readonly place: DocumentPlace;
}

/**
 * Makes a draft a file: written beside under a hidden name, made to last, and then given its name without ever replacing a file.
 * Fails with `document-changed`, `file-unwritable`, and as `beforeNaming` does; nothing is left then.
 */
export async function deliverDraft(settings: DeliverSettings): Promise<Delivered> {
  const { draft, target, suffix, extension, leftovers, beforeNaming } = settings;
  const { source } = draft;
  await source.checkPlace();
  await checkFolder(settings);
  const document = source.place?.name ?? source.name;
  const names = targetNames(target, document, suffix, extension);
  const hidden = draft.takeBegun() ?? new HiddenCopy(draft, target, leftovers);
  let delivered = false;
  try {
    const { file, place: hiddenPlace } = await hidden.ready;
    const written = await writeDraft(draft, file);
    await keepOwnerAndMode(source, file);
    await checkFolder(settings);
    beforeNaming(written, shownName(await firstFree(target, document, suffix, extension)));
    const place = await giveName(hiddenPlace, target.folder, names);
    await syncFolder(target.folder);
    const adopted = await SourceFile.adopt(file, shownName(place.name), place);
    delivered = true;
    return { ...written, place, file: adopted };
  } catch (error) {
    throw unwritable(source.name, error);
  } finally {
    await hidden.settle(delivered);
  }
}

/** Fails with `file-unwritable` when a file cannot be made in the folder, or has no room there. */
export async function probeTarget({ folder, name }: Target, source: SourceFile, leftovers: Leftovers): Promise<void> {
  if (name && (await exists({ folder, name })))
    throw new Failure('file-unwritable', { path: shownName(name), why: 'EEXIST' });
  const document = source.place?.name ?? source.name;
  let hidden: ReturnType<Leftovers['begin']> | undefined;
  try {
    hidden = leftovers.begin(folder, (random) => hiddenName(document, random));
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    await (await open(pathOf(hidden.place), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)).close();
  } catch (error) {
    throw unwritable(source.name, error);
  } finally {
    if (hidden) await unlink(pathOf(hidden.place)).catch(() => {});
    hidden?.settled();
  }
}

async function checkFolder({ draft: { source }, target, folder }: DeliverSettings): Promise<void> {
  const now = await folderIdentity({ folder: target.folder, name: Buffer.from(source.name) });
  if (!isSameFile(now, folder))
    throw new Failure('file-unwritable', { path: source.name, why: 'another folder is in the place of its own' });
}

async function firstFree(target: Target, document: string | Buffer, suffix: string, extension?: string) {
  for (const name of targetNames(target, document, suffix, extension))
    if (!(await exists({ folder: target.folder, name }))) return name;
  return target.name ?? document;
}

async function exists(place: DocumentPlace): Promise<boolean> {
  return await lstat(pathOf(place)).then(
    () => true,
    () => false,
  );
}

/** So that the name lasts as well; a file system that cannot do it has done what it can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const opened = await open(folder, 'r');
    await opened.sync().finally(() => opened.close());
  } catch {
    // Told of by the next write, not by this one.
  }
}
