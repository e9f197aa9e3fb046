import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** Milliseconds and bytes for the list of sockets. */
const patience = 2_000;
const longestList = 16 * 1024 * 1024;

/**
 * The name of the program at the other end of a Unix socket, as the kernel tells it through `ss` (iproute2); undefined where that is not
 * to be had. A person is shown it beside the question for the PIN. It is a help, not a proof: a program of the person's own chooses its name.
 */
export async function programAt(socket: Socket): Promise<string | undefined> {
  const inode = await inodeOf(socket);
  if (inode === undefined) return undefined;
  const list = await new Promise<string>((resolve) => {
    const options = { timeout: patience, maxBuffer: longestList, encoding: 'utf8' } as const;
    execFile('ss', ['-xpnH'], options, (error, out) => resolve(error ? '' : out));
  });
  return programIn(list, inode);
}

/** In a list of `ss -xp`, the name of who has the socket whose peer is the one with `inode`. */
export function programIn(list: string, inode: number): string | undefined {
  for (const line of list.split('\n')) {
    // Netid State Recv-Q Send-Q Local-Address Inode Peer-Address Peer-Inode Process
    const [, own, peer, users] = /\s(\d+)\s+\*\s+(\d+)\s+(?:users:\((.*)\))?\s*$/.exec(line) ?? [];
    if (own === undefined || Number(peer) !== inode) continue;
    const name = /^\("([^"]{1,64})",pid=\d+/.exec(users ?? '')?.[1];
    if (name !== undefined) return name.replace(/[^\p{L}\p{N} ._+-]/gu, '');
  }
  return undefined;
}

async function inodeOf(socket: Socket): Promise<number | undefined> {
  // Node tells the descriptor nowhere else.
  const { fd } = (socket as Socket & { readonly _handle?: { readonly fd?: number } })._handle ?? {};
  if (fd === undefined || fd < 0 || process.platform !== 'linux') return undefined;
  const target = await readlink(`/proc/self/fd/${fd}`).catch(() => '');
  const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
  return inode === undefined ? undefined : Number(inode);
}
