import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname, relative, sep } from 'node:path';

/** Resolves when pcscd's socket may have come, or when `signal` is aborted; where nothing can be watched only then. Never fails. */
export function serviceWake(signal: AbortSignal, socket = socketPath()): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const watcher = watchFor(socket, () => done());
    const done = (): void => {
      watcher?.close();
      signal.removeEventListener('abort', done);
      resolve();
    };
    watcher?.on('error', () => watcher.close());
    signal.addEventListener('abort', done);
  });
}

/** As libpcsclite chooses it. */
function socketPath(): string | undefined {
  return process.platform === 'linux' ? (process.env['PCSCLITE_CSOCK_NAME'] ?? '/run/pcscd/pcscd.comm') : undefined;
}

/** Watches the nearest folder that exists for the next part of the path. */
function watchFor(path: string | undefined, changed: () => void): FSWatcher | undefined {
  if (path === undefined) return undefined;
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const awaited = relative(folder, path).split(sep)[0];
  try {
    return watch(folder, (_event, name) => name === awaited && changed());
  } catch {
    // No watches left on this computer: the growing pauses find the service.
    return undefined;
  }
}
