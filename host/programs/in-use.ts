import { readFile, readlink, stat, statfs } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';

const mozilla = /firefox|thunderbird|mozilla|librewolf|icecat/i;

/** True while a Mozilla program has this profile open: it holds a lock on `.parentlock`, and `lock` names its address and process. */
export async function mozillaRuns(profile: string): Promise<boolean> {
  if (await isLocked(join(profile, '.parentlock'))) return true;
  const [, address, pid] = /^(.*):\+?(\d+)$/.exec(await linkOf(join(profile, 'lock'))) ?? [];
  if (address === undefined) return false;
  // The link outlives a program that crashed or left in a hurry, and its number may be another program's by now.
  if (isOurs(address)) return mozilla.test(await commandOf(Number(pid)));
  return await isShared(profile);
}

/** True while a browser of Chromium's kin uses this folder: its `SingletonLock` names computer and process. */
export async function chromiumRuns(folder: string): Promise<boolean> {
  const [, computer, pid] = /^(.*)-(\d+)$/.exec(await linkOf(join(folder, 'SingletonLock'))) ?? [];
  if (computer === undefined) return false;
  if (computer !== hostname()) return await isShared(folder);
  return /chrom|brave|edge|vivaldi/i.test(await commandOf(Number(pid)));
}

/** Linux lists every lock of `fcntl` by process, device and number of the file. Elsewhere the link alone tells. */
async function isLocked(path: string): Promise<boolean> {
  const [file, locks] = await Promise.all([
    stat(path).catch(() => undefined),
    readFile('/proc/locks', 'latin1').catch(() => ''),
  ]);
  if (file === undefined) return false;
  // The device is not compared: on btrfs and overlays it is another one than `stat` tells.
  const holders = [...locks.matchAll(/POSIX +\w+ +\w+ +(\d+) \w+:\w+:(\d+) /g)].filter(
    ([, , node]) => node === String(file.ino),
  );
  const commands = await Promise.all(holders.map(([, pid]) => commandOf(Number(pid))));
  return commands.some((command) => mozilla.test(command));
}

async function linkOf(path: string): Promise<string> {
  return await readlink(path).catch(() => '');
}

/** The command line of a process; empty when there is none. Where there is no /proc a living process counts as the program. */
async function commandOf(pid: number): Promise<string> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return '';
  }
  return await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    process.platform === 'linux' ? '' : 'mozilla chrome',
  );
}

function isOurs(address: string): boolean {
  if (address.startsWith('127.') || address === '::1') return true;
  return Object.values(networkInterfaces()).some((each) => each?.some((one) => one.address === address));
}

/** NFS, SMB, CIFS, FUSE, Ceph, AFS (linux/magic.h): only there can another computer have the profile open. */
const network = new Set([0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x65735546, 0x00c36400, 0x5346414f]);

async function isShared(folder: string): Promise<boolean> {
  return network.has((await statfs(folder).catch(() => ({ type: 0 }))).type);
}
