import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { Failure } from '@sigill/core';
import { ownFolder } from '../paths.js';

/** sockaddr_un of Linux has room for 107 bytes and a zero; that of macOS for 103. */
const longest = 103;

/**
 * Listens on a Unix socket of mode 0600 in a folder of mode 0700. What is left of a program that has ended is taken away; a socket that
 * somebody listens on is left alone, and so is what is no socket. Fails with `file-unwritable`.
 */
export async function listenOn(path: string, take: (socket: Socket) => void): Promise<Server> {
  const fail = (why: string, cause?: unknown) => new Failure('file-unwritable', { path, why }, cause);
  if (Buffer.byteLength(path) > longest) throw fail(`a socket’s path has at most ${longest} bytes`);
  const folder = ownFolder(dirname(path));
  const { uid, mode } = lstatSync(folder);
  if (uid !== process.getuid?.()) throw fail('its folder belongs to another user');
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isSocket()) throw fail('there is something else in its place');
  if (found && (await isAnswered(path))) throw fail('another program listens there');
  rmSync(path, { force: true });
  try {
    const server = await listening(createServer(take), { path });
    chmodSync(path, 0o600);
    return server;
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error), error);
  }
}

/** Listens on a socket that was handed down (sd_listen_fds(3)); its mode is its maker's matter. Fails with an ordinary error. */
export function listenOnInherited(descriptor: number, take: (socket: Socket) => void): Promise<Server> {
  return listening(createServer(take), { fd: descriptor });
}

function listening(server: Server, where: { path: string } | { fd: number }): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve(server);
    });
  });
}

/** True when somebody listens on the socket. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
