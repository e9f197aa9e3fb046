import { createHash } from 'node:crypto';
import { chmodSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@sigill/core';
import { ownFolder } from '../paths.js';

/** Where the host of this person is found. */
export interface SocketPlace {
  /** A Unix socket, or a named pipe of Windows. */
  readonly socket: string;
  /** Who has this lock is the host. */
  readonly lock: string;
}

/** sockaddr_un of Linux has room for 107 bytes and a zero; that of macOS for 103. */
const longest = 103;

/** The place in the runtime folder, which is made and belongs to this person alone. Fails with `file-unwritable`. */
export function socketPlace(runtime: string, platform: string): SocketPlace {
  const folder = ownFolder(runtime);
  if (platform === 'win32') {
    const name = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
    return { socket: `\\\\.\\pipe\\sigill-${name}`, lock: join(folder, 'host.lock') };
  }
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.())
    throw new Failure('file-unwritable', { path: folder, why: 'it belongs to another user' });
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  const socket = join(folder, 'host.sock');
  if (Buffer.byteLength(socket) > longest)
    throw new Failure('file-unwritable', { path: socket, why: `a socket’s path has at most ${longest} bytes` });
  return { socket, lock: join(folder, 'host.lock') };
}
