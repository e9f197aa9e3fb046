import type { FileHandle } from 'node:fs/promises';
import type { SourceFile } from './source-file.js';

/** Who may read the document may read its copy, nobody else; nobody may run it, and the person may write to it. */
export async function keepOwnerAndMode(source: SourceFile, file: FileHandle): Promise<void> {
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
