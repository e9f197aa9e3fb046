import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Failure } from '@sigill/core';
import { type DocumentPlace, shownName } from './document-place.js';

/** Where a delivered document goes. */
export interface Target {
  readonly folder: string;
  /** Given by the person; made from the document's name otherwise. */
  readonly name?: Buffer;
}

/** Bytes of a name on every common file system. */
const longest = 255;

/**
 * The names to try, in order: `offer-signed.pdf`, `offer-signed-2.pdf`, … A stem that is too long loses its end, never half a character.
 * A name that the person gave is the only one.
 */
export function* targetNames(
  target: Target,
  document: string | Buffer,
  suffix: string,
  extension?: string,
): Generator<Buffer> {
  if (target.name) return yield target.name;
  const name = Buffer.from(document);
  // As many bytes as the text says: an extension is ASCII where it is one at all.
  const found = extname(name.toString('latin1'));
  const own = found.length > 1 && found.length <= 16 ? found : '';
  const stem = name.subarray(0, name.length - own.length);
  const end = extension === undefined ? own : `.${extension}`;
  for (let number = 1; number <= 999; number += 1) {
    const rest = Buffer.from(`-${suffix}${number === 1 ? '' : `-${number}`}${end}`, 'latin1');
    yield Buffer.concat([cut(stem, longest - rest.length), rest]);
  }
}

/** A hidden name beside the target that nobody can guess, for as long as it is being written. */
export function hiddenName(document: string | Buffer, random: string): Buffer {
  const end = Buffer.from(`.sigill-${random}`);
  return Buffer.concat([Buffer.from('.'), cut(Buffer.from(document), longest - 1 - end.length), end]);
}

/** What `hiddenName` makes; the only thing that is ever cleaned up. */
export const isHiddenName = (name: Buffer): boolean => /^\..*\.sigill-[0-9a-f]{16}$/s.test(name.toString('latin1'));

/** Which folder it is, so that another in its place is noticed. Fails with `file-unwritable`. */
export async function folderIdentity({ folder, name }: DocumentPlace): Promise<{ device: bigint; inode: bigint }> {
  try {
    const { dev: device, ino: inode } = await stat(folder, { bigint: true });
    return { device, inode };
  } catch (error) {
    throw new Failure('file-unwritable', { path: shownName(name), why: 'its folder is gone' }, error);
  }
}

function cut(name: Buffer, most: number): Buffer {
  let end = Math.min(name.length, most);
  // UTF-8: a byte 10xxxxxx goes on with the character before it.
  if (end < name.length) while (end > 1 && ((name[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return name.subarray(0, end);
}
