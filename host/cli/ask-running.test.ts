import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { socketPlace } from '../resident/socket-place.js';
import { takeLock } from '../simulate/lock-file.js';
import { askRunning } from './ask-running.js';
import type { Context } from './context.js';

let runtime: string;
beforeEach(() => void (runtime = mkdtempSync(join(tmpdir(), 'sigill-running-'))));
afterEach(() => rmSync(runtime, { recursive: true, force: true }));

const here = (): Pick<Context, 'paths' | 'io'> =>
  ({ paths: { runtime }, io: { platform: 'linux', signal: new AbortController().signal } }) as never;
const remove = { kind: 'simulate', action: 'remove', reader: '' } as const;

it('a host that is starting has its lock and no socket yet: it is waited for', async () => {
  const place = socketPlace(runtime, 'linux');
  const release = takeLock(place.lock);
  const answered = askRunning(here(), remove);
  const server = createServer((socket) => socket.once('data', () => socket.end('{"ok":true}\n')));
  // The first look has found nobody.
  await new Promise(setImmediate);
  server.listen(place.socket);
  await once(server, 'listening');
  expect(await answered).toEqual({ ok: true });
  server.close();
  release?.();
});

it('where none is starting, that is said at once', async () => {
  await expect(askRunning(here(), remove)).rejects.toMatchObject({ code: 'host-absent' });
});
