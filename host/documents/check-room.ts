import { statfs } from 'node:fs/promises';
import { Failure } from '@sigill/core';

/** Bytes that what is appended may need. */
const more = 1_048_576;

/** File systems that share the blocks of a copy (linux/magic.h): btrfs, XFS, bcachefs, ZFS, OCFS2. */
const sharing: readonly number[] = [0x9123683e, 0x58465342, 0xca451a4e, 0x2fc12fc1, 0x7461636f];

/** Fails with `file-unwritable` (`ENOSPC`) when a copy of `size` bytes has no room in `folder`. What cannot be asked may be tried. */
export async function checkRoom(folder: string, size: number, name: string): Promise<void> {
  const found = await statfs(folder, { bigint: true }).catch(() => undefined);
  if (!found) return;
  const needed = BigInt(sharing.includes(Number(found.type)) ? more : size + more);
  if (found.bavail * found.bsize < needed) throw new Failure('file-unwritable', { path: name, why: 'ENOSPC' });
}
