import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { Failure } from '@sigill/core';
import { type DocumentPlace, pathOf, shownName } from './document-place.js';
import type { Draft } from './draft.js';
import { codeOf, unwritable } from './file-trouble.js';
import { isSameFile } from './file-identity.js';
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
  const hidden = leftovers.begin(target.folder, (random) => hiddenName(document, random));
  let file: FileHandle | undefined;
  try {
    const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    file = await open(pathOf(hidden.place), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    const written = await writeDraft(draft, file);
    await keepOwnerAndMode(source, file);
    await checkFolder(settings);
    beforeNaming(written, shownName(await firstFree(target, document, suffix, extension)));
    const place = await giveName(hidden.place, target.folder, names);
    await syncFolder(target.folder);
    return { ...written, place, file: await SourceFile.adopt(file, shownName(place.name), place) };
  } catch (error) {
    await file?.close();
    throw unwritable(source.name, error);
  } finally {
    await unlink(pathOf(hidden.place)).catch(() => {});
    hidden.settled();
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

/** A link is made only where nothing is, not even a link that leads nowhere; a file system without links gets a place held for the name. */
async function giveName(hidden: DocumentPlace, folder: string, names: Iterable<Buffer>): Promise<DocumentPlace> {
  for (const name of names) {
    const place = { folder, name };
    try {
      await link(pathOf(hidden), pathOf(place));
      return place;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
    }
    if (await renameInto(hidden, place)) return place;
  }
  throw Object.assign(new Error('every name is taken'), { code: 'EEXIST' });
}

async function renameInto(hidden: DocumentPlace, place: DocumentPlace): Promise<boolean> {
  try {
    await (await open(pathOf(place), 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(pathOf(hidden), pathOf(place));
    return true;
  } catch (error) {
    await unlink(pathOf(place));
    throw error;
  }
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

/** Who may read the document may read its copy, nobody else; nobody may run it, and the person may write to it. */
async function keepOwnerAndMode(source: SourceFile, file: FileHandle): Promise<void> {
  const { uid, gid, mode } = await source.handle.stat();
  const own = await file.stat();
  const sameOwner = own.uid === uid || (await file.chown(uid, own.gid).then(yes, no));
  const sameGroup = own.gid === gid || (await file.chown(sameOwner ? uid : own.uid, gid).then(yes, no));
  const others = mode & 0o006;
  // Another group gets no more than everybody has.
  const group = sameGroup ? mode & 0o060 : others << 3;
  await file.chmod(0o600 | group | others);
}

const yes = (): boolean => true;
const no = (): boolean => false;

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
