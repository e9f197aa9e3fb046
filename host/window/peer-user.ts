import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * The user at the other end of a loopback connection, from the kernel's own list (proc(5), `/proc/net/tcp`); `undefined` where the
 * computer does not tell. A token or cookie that another user of the computer has seen does not help that user.
 */
export function peerUser(socket: Socket): Promise<number | undefined> {
  const known = told.get(socket) ?? (reading = reading.then(() => read(socket)));
  told.set(socket, known);
  return known;
}

/** What was told of each connection, which does not change; and the reading that is under way: one at a time, for the list can be long. */
const told = new WeakMap<Socket, Promise<number | undefined>>();
let reading: Promise<number | undefined> = Promise.resolve(undefined);

async function read({ localPort, remotePort }: Socket): Promise<number | undefined> {
  if (process.platform !== 'linux' || localPort === undefined || remotePort === undefined) return undefined;
  const list = await readFile('/proc/net/tcp', 'latin1').catch(() => '');
  return userOf(list, remotePort, localPort);
}

/** The user whose socket on 127.0.0.1 leads from port `from` to port `to`. */
export function userOf(list: string, from: number, to: number): number | undefined {
  const ends = `${address(from)} ${address(to)}`;
  for (const line of list.split('\n')) {
    const [, local, remote, , , , , user] = line.trim().split(/\s+/);
    if (`${local} ${remote}` === ends && user !== undefined) return Number(user);
  }
  return undefined;
}

// The address is in the byte order of the computer; all that run Node are little-endian here.
const address = (port: number): string => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
