import { constants } from 'node:fs';
import { copyFile, type FileHandle, open, unlink } from 'node:fs/promises';
import { type DocumentPlace, pathOf } from './document-place.js';
import type { Draft } from './draft.js';
import type { Hidden, Leftovers } from './leftovers.js';
import type { SourceFile } from './source-file.js';
import { hiddenName, type Target } from './target.js';
import { writeAll } from './write-all.js';

const piece = 1_048_576;

/** An open file without a name of its own yet. */
export interface HiddenFile {
  readonly file: FileHandle;
  readonly place: DocumentPlace;
}

/** A hidden file beside the place where a draft goes: it gets the document's bytes as soon as it is made, and what was added to them later. */
export class HiddenCopy {
  /** Once the document's bytes are in it. Fails as the file system does. */
  readonly ready: Promise<HiddenFile>;
  #hidden: Hidden | undefined;
  #file: FileHandle | undefined;

  constructor(draft: Draft, target: Target, leftovers: Leftovers) {
    this.ready = this.#make(draft, target, leftovers);
    this.ready.catch(() => {});
  }

  /** Takes the hidden name away, when the file has got another or is of no use; `keep`: the file stays open. Never fails. */
  async settle(keep: boolean): Promise<void> {
    await this.ready.catch(() => {});
    if (!keep) await this.#file?.close().catch(() => {});
    if (this.#hidden) await unlink(pathOf(this.#hidden.place)).catch(() => {});
    this.#hidden?.settled();
  }

  async #make({ source, base }: Draft, target: Target, leftovers: Leftovers): Promise<HiddenFile> {
    const document = source.place?.name ?? source.name;
    const { place } = (this.#hidden = leftovers.begin(target.folder, (random) => hiddenName(document, random)));
    const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    const file = (this.#file = await open(pathOf(place), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
    if (base > 0) await copy(source, file);
    return { file, place };
  }
}

/** The kernel copies, or shares the blocks where the file system can; both files are named by what is open, not by a path. */
async function copy(source: SourceFile, file: FileHandle): Promise<void> {
  if (process.platform === 'linux') {
    const open = (fd: number): string => `/proc/self/fd/${fd}`;
    await copyFile(open(source.handle.fd), open(file.fd), constants.COPYFILE_FICLONE);
    return;
  }
  for (let at = 0; at < source.size; at += piece) await writeAll(file, await source.read(at, piece), at);
}
