import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

interface Owner {
  readonly pid: number;
  /** When the process started, where the system tells it (Linux: clock ticks since boot): process ids are used again. */
  readonly started: string;
}

let attempts = 0;

/**
 * Takes the lock file at `path` for this process and gives a function that lets go; nothing when a living process has it.
 * A lock whose process has died is cleared away. Whoever ends in order lets go by itself.
 */
export function takeLock(path: string): (() => void) | undefined {
  if (!create(path) && !(clearDead(path) && create(path))) return undefined;
  let held = true;
  const release = (): void => {
    if (!held) return;
    held = false;
    process.removeListener('exit', release);
    rmSync(path, { force: true });
  };
  process.on('exit', release);
  return release;
}

/** Milliseconds to wait for another process, and between two looks. */
const [patience, pause] = [3_000, 5];

/** Runs `use` while this process alone has the lock file at `path`; the thread waits for it, so `use` must be short. Fails with an ordinary error when another process keeps it. */
export function withLock<T>(path: string, use: () => T): T {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < patience; waited += pause) {
    const release = takeLock(path);
    if (release === undefined) {
      Atomics.wait(nothing, 0, 0, pause);
      continue;
    }
    try {
      return use();
    } finally {
      release();
    }
  }
  throw new Error('another process keeps it');
}

/** As `withLock`, for who can wait without holding up the thread. The first try is made at once. */
export async function whenLocked<T>(path: string, use: () => T): Promise<T> {
  for (let waited = 0; waited < patience; waited += pause) {
    const release = takeLock(path);
    if (release !== undefined) {
      try {
        return use();
      } finally {
        release();
      }
    }
    await setTimeout(pause);
  }
  throw new Error('another process keeps it');
}

/** True while a living process has the lock file at `path`. */
export function isLocked(path: string): boolean {
  const owner = ownerOf(path);
  return owner !== undefined && isAlive(owner);
}

/** A link to a written file: the lock is there with its owner's name in it, or it is not there. */
function create(path: string): boolean {
  const own = besides(path);
  const owner: Owner = { pid: process.pid, started: startOf(process.pid) };
  writeFileSync(own, JSON.stringify(owner), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** True when the lock of a dead process was there and is gone. */
function clearDead(path: string): boolean {
  const owner = ownerOf(path);
  if (owner === undefined || isAlive(owner)) return false;
  const moved = besides(path);
  try {
    renameSync(path, moved);
    // Another may have cleared it first, and what was moved is that one's new lock: it goes back.
    const found = ownerOf(moved);
    if (found && isAlive(found)) linkSync(moved, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EEXIST') return true;
    throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, started } = (found ?? {}) as Partial<Record<keyof Owner, unknown>>;
    // What cannot be read as ours was not left by us: as if its owner were dead.
    if (typeof pid !== 'number' || typeof started !== 'string') return { pid: 0, started: '' };
    return { pid, started };
  } catch (error) {
    return error instanceof SyntaxError ? { pid: 0, started: '' } : undefined;
  }
}

function isAlive({ pid, started }: Owner): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return startOf(pid) === started;
}

function startOf(pid: number): string {
  try {
    // proc(5): field 22; the name in field 2 may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function besides(path: string): string {
  return `${path}.${process.pid}-${++attempts}`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
