import type { BigIntStats } from 'node:fs';

/** Which file it is, and which bytes it has as far as the file system tells. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  /** Nanoseconds. */
  readonly modified: bigint;
}

/** The identity in what `stat` told. */
export function identityOf({ dev: device, ino: inode, size, mtimeNs: modified }: BigIntStats): FileIdentity {
  return { device, inode, size, modified };
}

/** True for the same file with the same bytes. */
export function isSame(one: FileIdentity, other: FileIdentity): boolean {
  return isSameFile(one, other) && one.size === other.size && one.modified === other.modified;
}

/** True for the same file, whatever is in it now. */
export function isSameFile(
  one: Pick<FileIdentity, 'device' | 'inode'>,
  other: Pick<FileIdentity, 'device' | 'inode'>,
): boolean {
  return one.device === other.device && one.inode === other.inode;
}
